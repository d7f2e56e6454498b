import { type KindTypes, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import { isReady } from '../pods/containers.ts';
import { timeOf } from '../pods/evidence.ts';
import { replicaSetsOf, revisionOf } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { controllerOf } from '../view/ownership.ts';

/** One template that a workload has had, as its ReplicaSet or ControllerRevision keeps it. */
export interface Revision {
  number: number;
  /** What keeps it. */
  ref: ObjectRef;
  /** Epoch milliseconds; null for one that was gone back to, as only its first time is on record. */
  madeAt: number | null;
  template: unknown;
  readyPods: number;
  /** How often the workload came back to it. */
  returns: number;
}

/** Whether a workload keeps the templates that it has had. */
export function hasRevisions({ kind }: ObjectRef): boolean {
  return kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet';
}

/** The revisions of a Deployment, StatefulSet or DaemonSet, the oldest first; empty for what has none. */
export function revisionsOf(workload: ObjectRef, view: ClusterView): Revision[] {
  if (!hasRevisions(workload)) return [];
  const revisions = workload.kind === 'Deployment' ? replicaSetRevisions(workload, view) : controllerRevisions(workload, view);
  return revisions.sort((a, b) => a.number - b.number);
}

function replicaSetRevisions(workload: ObjectRef, view: ClusterView): Revision[] {
  return replicaSetsOf(workload, view).flatMap((set) => {
    const number = Number(revisionOf(set) ?? Number.NaN);
    if (!Number.isInteger(number)) return [];
    const earlier = (set.metadata.annotations?.['deployment.kubernetes.io/revision-history'] ?? '').split(',').filter((text) => text !== '');
    const madeAt = earlier.length === 0 ? timeOf(set.metadata.creationTimestamp) : null;
    return [{ number, ref: refOf(set), madeAt, template: set.spec?.template, readyPods: set.status?.readyReplicas ?? 0, returns: earlier.length }];
  });
}

function controllerRevisions(workload: ObjectRef, view: ClusterView): Revision[] {
  const all = view.list('ControllerRevision', workload.namespace ?? undefined);
  const own = all.filter((revision) => {
    const owner = controllerOf(revision);
    return owner !== null && refKey(owner) === refKey(workload);
  });
  const newest = Math.max(...own.map(({ revision }) => revision));
  const pods = own.length === 0 ? [] : view.podsOf(workload);
  return own.map((revision) => ({
    number: revision.revision,
    ref: refOf(revision),
    // Going back renumbers the old one: only of the newest that is also the youngest is the time that of its rollout.
    madeAt: revision.revision === newest && !isYoungest(revision, own) ? null : timeOf(revision.metadata.creationTimestamp),
    template: templateOf(revision),
    readyPods: pods.filter((pod) => isReady(pod) && runs(pod, revision)).length,
    returns: 0,
  }));
}

function isYoungest(revision: KindTypes['ControllerRevision'], all: readonly KindTypes['ControllerRevision'][]): boolean {
  const made = timeOf(revision.metadata.creationTimestamp) ?? 0;
  return all.every((other) => (timeOf(other.metadata.creationTimestamp) ?? 0) <= made);
}

/** A StatefulSet's pods carry the whole name of the revision, a DaemonSet's the end of it. */
function runs(pod: KindTypes['Pod'], { metadata: { name } }: KindTypes['ControllerRevision']): boolean {
  const hash = pod.metadata.labels?.['controller-revision-hash'];
  return hash !== undefined && (name === hash || name.endsWith(`-${hash}`));
}

function templateOf({ data }: KindTypes['ControllerRevision']): unknown {
  return at(at(data, 'spec'), 'template');
}

function at(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}

/** The revision that a StatefulSet had rolled out to the end before the one it rolls out now; null where it is the same. */
export function completedRevision(workload: ObjectRef, revisions: readonly Revision[], view: ClusterView): Revision | null {
  const status = workload.kind === 'StatefulSet' ? view.get('StatefulSet', workload.namespace, workload.name)?.status : undefined;
  if (status?.currentRevision === undefined || status.currentRevision === status.updateRevision) return null;
  return revisions.find(({ ref }) => ref.name === status.currentRevision) ?? null;
}
