import { type Action, type Cluster, finalActionStates, permissionOf } from '@quarterdeck/contract';
import { count } from '../../text/count.ts';

type Steps = Pick<Action, 'steps'>;

/** What approving it needs and this person does not have. */
export function missingToApprove({ steps }: Steps, permissions: readonly string[]): string[] {
  const needed = new Set<string>(['action.approve', ...steps.map(({ change }) => permissionOf(change))]);
  return [...needed].filter((permission) => !permissions.includes(permission));
}

/** Why nothing can be carried out in the cluster; null where it can. */
export function noChangesIn(cluster: Pick<Cluster, 'readOnly' | 'state'> | null): string | null {
  if (cluster?.state === 'recording') return 'This is a recording of a cluster: its plans can be read and copied, and nothing can be carried out in it.';
  if (cluster?.readOnly === true) return 'The workbench may only read this cluster: its plans can be read and copied, and nothing is carried out in it.';
  return null;
}

/** Steps that nothing takes back. */
export function withoutWayBack({ steps }: Steps): number {
  return steps.filter(({ preview }) => preview !== null && preview.inverse.change === null).length;
}

/** The button that approves says what will happen. */
export function approveLabel({ steps }: Steps): string {
  return `Approve and carry out ${count(steps.length, 'step')}`;
}

/** Whether it is over and something of it can be taken back. */
export function canBeUndone({ state, undoneBy, steps }: Pick<Action, 'state' | 'undoneBy' | 'steps'>): boolean {
  return finalActionStates.has(state) && undoneBy === null && steps.some(({ run }) => run.undo !== null && run.undo.change !== null);
}

/** Whether something of it is under way. */
export function isUnderWay({ state }: Pick<Action, 'state'>): boolean {
  return state !== 'previewed' && !finalActionStates.has(state);
}

/** The fresh preview that a refused approval names. */
export function freshPreview(details: Readonly<Record<string, unknown>>): string | null {
  return typeof details.fresh === 'string' ? details.fresh : null;
}
