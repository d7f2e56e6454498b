import { AppError, type Change, groupOf, type KubeObject, type ResourceKind, refLabel } from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { objectPath } from '../access/resource-path.ts';
import type { Transport } from '../transport/transport.ts';
import { checkAgainstLive, checkVerb, needsLive } from './check-change.ts';
import { imagesByName } from './images-by-name.ts';
import type { ChangeFacts } from './request-of.ts';
import { readRevisions } from './rollout/read-revisions.ts';
import { undoPatch } from './rollout/undo-patch.ts';
import { readRaw } from './send-change.ts';

/** What changes need of a cluster. */
export type ChangeAccess = Pick<ClusterAccess, 'id' | 'api' | 'kinds' | 'get' | 'list' | 'watch'>;

export interface ResolvedChange {
  /** With what was left open filled in. */
  change: Change;
  facts: ChangeFacts;
  /** The target (for `scale`: its Scale) as the server keeps it, Secrets with values; null where it is not there or was not needed. */
  live: KubeObject | null;
}

/**
 * Reads what a change does not say itself, and refuses what must not be sent. Throws NOT_FOUND for a kind that the
 * cluster does not serve or a target that is not there, VALIDATION_ERROR, CONFLICT, READ_ONLY for a recording.
 */
export async function resolveChange(access: ChangeAccess, change: Change, options: { always: boolean; signal: AbortSignal }): Promise<ResolvedChange> {
  const { signal } = options;
  const api = apiOf(access);
  checkVerb(change);
  const kind = await servedKind(access, change.target, signal);
  const live = options.always || needsLive(change) ? await readLive(api, change, kind, signal) : null;
  checkAgainstLive(change, live);
  if (change.verb === 'undo' && live !== null) {
    const revisions = await readRevisions(access, live, signal);
    const { toRevision, patch } = undoPatch(live, revisions, change.toRevision);
    return { change: { ...change, toRevision }, facts: { kind, undo: patch }, live };
  }
  if (change.verb === 'setImage' && live !== null) {
    const { images, initContainers } = imagesByName(change, live);
    return { change: { ...change, images }, facts: { kind, initContainers }, live };
  }
  if (change.verb === 'trigger' && live !== null) return { change, facts: { kind, cronJob: live }, live };
  return { change, facts: { kind, ...judgedVersion(change, live) }, live };
}

/** A change that was judged by the state of the object holds only for that state. */
function judgedVersion(change: Change, live: KubeObject | null): { resourceVersion?: string } {
  const resourceVersion = live?.metadata.resourceVersion;
  const judged = change.verb === 'scale' ? change.currentReplicas !== undefined : (change.verb === 'label' || change.verb === 'annotate') && !change.overwrite;
  return resourceVersion === undefined || !judged ? {} : { resourceVersion };
}

type KindName = Pick<Change['target'], 'apiVersion' | 'kind'>;

/** The kind of a target; one that is not known may have been installed a moment ago. Throws as `kindFor`. */
export async function servedKind(access: Pick<ClusterAccess, 'kinds'>, target: KindName, signal: AbortSignal): Promise<ResourceKind> {
  const known = findServed(await access.kinds(signal), target);
  return known ?? kindFor(await access.kinds(signal, 'anew'), target);
}

function findServed(kinds: readonly ResourceKind[], { apiVersion, kind }: KindName): ResourceKind | null {
  const found = kinds.find((candidate) => candidate.kind === kind && groupOf(candidate.apiVersion) === groupOf(apiVersion));
  return found === undefined ? null : { ...found, apiVersion };
}

/** The kind of a target, in the target's own version. Throws NOT_FOUND where it is not served. */
export function kindFor(kinds: readonly ResourceKind[], target: KindName): ResourceKind {
  const found = findServed(kinds, target);
  if (found !== null) return found;
  const { apiVersion, kind } = target;
  throw new AppError('NOT_FOUND', `The cluster serves no kind ${kind} in ${apiVersion}.`, {
    hint: 'Check the spelling; a custom resource needs its definition first.',
  });
}

/** The target (for `scale`: its Scale); null where it is not there and need not be. Throws NOT_FOUND, and what refuses the reading. */
export async function readLive(api: Transport, change: Change, kind: ResourceKind, signal: AbortSignal): Promise<KubeObject | null> {
  const { verb, target } = change;
  if (target.name === '') return null;
  const subresource = verb === 'scale' ? '/scale' : '';
  const path = `${objectPath(kind, target.namespace, target.name)}${subresource}`;
  const live = await readRaw(api, path, { resource: `${kind.plural}${subresource}`, namespace: target.namespace, name: target.name }, signal);
  if (live !== null || verb === 'apply' || verb === 'create') return live;
  const scalable = verb === 'scale' ? ', or its kind cannot be scaled' : '';
  throw new AppError('NOT_FOUND', `There is no ${refLabel(target)}${scalable}.`, { hint: 'It may have been deleted; list what there is.' });
}
