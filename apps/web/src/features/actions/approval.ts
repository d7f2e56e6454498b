import { type Action, type ActionStep, type Cluster, finalActionStates, permissionOf } from '@quarterdeck/contract';

type Steps = Pick<Action, 'steps'>;

/** What approving it needs and this person does not have. */
export function missingToApprove({ steps }: Steps, permissions: readonly string[]): string[] {
  const needed = new Set<string>(['action.approve', ...steps.map(({ change }) => permissionOf(change))]);
  return [...needed].filter((permission) => !permissions.includes(permission));
}

/** Why nothing can be carried out in the cluster, as the key of its text; null where it can. */
export function noChangesIn(cluster: Pick<Cluster, 'readOnly' | 'state'> | null): 'recording' | 'readOnly' | null {
  if (cluster?.state === 'recording') return 'recording';
  return cluster?.readOnly === true ? 'readOnly' : null;
}

/** Steps that nothing takes back. */
export function withoutWayBack({ steps }: Steps): number {
  return steps.filter(({ preview }) => preview !== null && preview.inverse.change === null).length;
}

/** Kinds of which more is lost than what an undo brings back: objects inside, data, all objects of a kind. */
const holdMore: ReadonlySet<string> = new Set(['Namespace', 'PersistentVolumeClaim', 'PersistentVolume', 'CustomResourceDefinition']);

/** Whether a step takes something away for good: there is no way back to all of it, and it is not only made anew, as the pods of a restart are. */
export function isForGood({ change, preview }: Pick<ActionStep, 'change' | 'preview'>): boolean {
  if (change.verb === 'delete' && holdMore.has(change.target.kind)) return true;
  return preview !== null && preview.inverse.change === null && change.verb !== 'restart' && change.verb !== 'evict';
}

/** Whether something of it is under way. */
export function isUnderWay({ state }: Pick<Action, 'state'>): boolean {
  return state !== 'previewed' && !finalActionStates.has(state);
}

/** Whether it makes sense to preview the same steps once more: it ended without having done all of them. */
export function canBeRepeated({ state }: Pick<Action, 'state'>): boolean {
  return state === 'expired' || state === 'failed' || state === 'stopped' || state === 'interrupted';
}

/** The fresh preview that a refused approval names. */
export function freshPreview(details: Readonly<Record<string, unknown>>): string | null {
  return typeof details.fresh === 'string' ? details.fresh : null;
}
