import { AppError, descriptorFor, groupOf, type HelmObject, type ResourceKind, toAppError } from '@quarterdeck/contract';
import { parse } from 'yaml';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { ConcurrencyLimit } from '../transport/concurrency-limit.ts';
import { differences } from './drift.ts';
import type { ManifestObject } from './manifest.ts';

const readsAtOnce = 8;
/** The largest charts have some two hundred. */
const maxObjects = 1_000;

/** How the objects of a manifest are in the cluster now. What can't be read is told per object. Secrets must be hidden in the manifest. */
export async function presentObjects(access: ClusterAccess, objects: readonly ManifestObject[], now: number, signal: AbortSignal): Promise<HelmObject[]> {
  if (objects.length > maxObjects) {
    throw new AppError('PAYLOAD_TOO_LARGE', `The manifest has ${objects.length} objects; at most ${maxObjects} are looked up.`, {
      hint: 'Read the manifest itself.',
    });
  }
  const kinds = await access.kinds(signal);
  const limit = new ConcurrencyLimit(readsAtOnce);
  return Promise.all(objects.map((entry) => limit.run(signal, () => look(access, entry, kinds, now, signal))));
}

async function look(
  access: ClusterAccess,
  { object, text, kept }: ManifestObject,
  kinds: readonly ResourceKind[],
  now: number,
  signal: AbortSignal,
): Promise<HelmObject> {
  const kind = kinds.find((each) => each.kind === object.kind && groupOf(each.apiVersion) === groupOf(object.apiVersion));
  if (kind === undefined)
    return { object, state: 'unknown', health: null, differences: [], kept, reason: `The cluster does not serve ${object.kind} of ${object.apiVersion}.` };
  try {
    const found = await access.get(kind, kind.namespaced ? object.namespace : null, object.name, signal);
    const health = descriptorFor(found.apiVersion, found.kind).health(found, now);
    return {
      object: { ...object, namespace: kind.namespaced ? object.namespace : null },
      state: 'present',
      health,
      differences: differences(parse(text), found),
      kept,
      reason: null,
    };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (signal.aborted) throw error;
    if (error.code === 'NOT_FOUND') return { object, state: 'missing', health: null, differences: [], kept, reason: null };
    return { object, state: 'unknown', health: null, differences: [], kept, reason: error.message };
  }
}
