import { type BlastRadius, type Change, type FieldChange, groupOf } from '@quarterdeck/contract';

export type Fate = BlastRadius['pods']['fate'];

/** What a change does to the pods that belong to its target. */
export interface PodsFate {
  fate: Fate;
  /** How many of them; null for all. */
  count: number | null;
}

const none: PodsFate = { fate: 'none', count: 0 };
const rollsOut = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet']);
const ownsPods = new Set([...rollsOut, 'apps/ReplicaSet', '/ReplicationController', 'batch/Job', 'batch/CronJob']);
/** Deleting one of these ends pods that it does not own. */
const holdsPods = new Set(['/Node', '/Namespace']);

/** Pure: from the change and from what the dry run says that it changes. `paused`: the rollout of the target stands still. */
export function fateOfPods(change: Change, fields: readonly FieldChange[], paused: boolean): PodsFate {
  const kind = `${groupOf(change.target.apiVersion)}/${change.target.kind}`;
  if (change.verb === 'delete') return deletion(kind, change.propagation === 'orphan');
  if (change.verb === 'evict') return { fate: 'ended', count: 1 };
  if (change.verb === 'trigger') return { fate: 'started', count: 1 };
  if (kind === 'batch/Job' && changed(fields, '.spec.suspend')?.after === true) return { fate: 'ended', count: null };
  if (kind === '/Service' && changed(fields, '.spec.selector') !== undefined) return { fate: 'detached', count: null };
  const scaled = scaling(fields);
  if (scaled !== null && ownsPods.has(kind)) return scaled;
  if (!rollsOut.has(kind) || paused || changed(fields, '.spec.template') === undefined) return none;
  return { fate: 'replaced', count: null };
}

function deletion(kind: string, orphans: boolean): PodsFate {
  if (kind === '/Pod') return { fate: 'ended', count: 1 };
  if (kind === '/Service') return { fate: 'detached', count: null };
  return (ownsPods.has(kind) && !orphans) || holdsPods.has(kind) ? { fate: 'ended', count: null } : none;
}

/** A scale is seen in the Scale's own field, every other change in the same one of the workload. */
function scaling(fields: readonly FieldChange[]): PodsFate | null {
  const replicas = fields.find(({ path }) => path === '.spec.replicas');
  if (replicas === undefined) return null;
  const more = numberOf(replicas.after, replicas.type === 'removed' ? 1 : 0) - numberOf(replicas.before, 0);
  return more === 0 ? null : { fate: more > 0 ? 'started' : 'ended', count: Math.abs(more) };
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** The first field at or below a path. */
function changed(fields: readonly FieldChange[], below: string): FieldChange | undefined {
  return fields.find(({ path }) => path === below || path.startsWith(`${below}.`) || path.startsWith(`${below}[`));
}
