import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { SelectedObjects } from './selected-objects.ts';
import { systemWatchClock } from './watch-clock.ts';

export interface ObjectPlace {
  kind: ResourceKind;
  namespace: string | null;
  name: string;
}

type Followed = Pick<ClusterAccess, 'get' | 'list' | 'watch' | 'watchList' | 'recordedAt'>;

/**
 * One object as it is and as it becomes, null while it is not there: deleted, or not made yet. It ends where nothing
 * can follow: in a recording, and where the object may be read but not watched. Throws as `get` does.
 */
export async function* followObject(access: Followed, place: ObjectPlace, signal: AbortSignal): AsyncGenerator<KubeObject | null> {
  if (access.recordedAt !== null) {
    yield await getIfThere(access, place, signal);
    return;
  }
  let told = false;
  try {
    for await (const object of listedObject(access, place, signal)) {
      yield object === null ? null : await whole(access, place, object, signal);
      told = true;
    }
  } catch (thrown) {
    if (told || !isForbidden(thrown)) throw thrown;
    yield await getIfThere(access, place, signal);
  }
}

/** As lists and watches show it. */
async function* listedObject(access: Followed, { kind, namespace, name }: ObjectPlace, signal: AbortSignal): AsyncGenerator<KubeObject | null> {
  const selection = { fieldSelector: `metadata.name=${name}`, ...(namespace === null ? {} : { namespace }) };
  const objects = new SelectedObjects(access, kind, selection, systemWatchClock);
  let told: string | null | undefined;
  try {
    for (;;) {
      const found = objects.now();
      const object = [...(found?.values() ?? [])].find(({ metadata }) => metadata.name === name) ?? null;
      const version = object?.metadata.resourceVersion ?? null;
      if (found === null || version === told) await objects.nextChange(signal);
      else {
        told = version;
        yield object;
      }
    }
  } finally {
    await objects.close();
  }
}

/** Lists of Secrets hold metadata alone. */
async function whole(access: Followed, place: ObjectPlace, object: KubeObject, signal: AbortSignal): Promise<KubeObject | null> {
  return object.kind === 'Secret' ? getIfThere(access, place, signal) : object;
}

async function getIfThere(access: Followed, { kind, namespace, name }: ObjectPlace, signal: AbortSignal): Promise<KubeObject | null> {
  try {
    return await access.get(kind, namespace, name, signal);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'NOT_FOUND') return null;
    throw thrown;
  }
}

function isForbidden(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'FORBIDDEN';
}
