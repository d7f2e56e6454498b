import { isKind, type KindTypes, type KubeObject, type ObjectRef, refOf, refTo } from '@quarterdeck/contract';
import type { Container, PodSpec } from 'kubernetes-types/core/v1.js';
import type { Fact } from '../model/finding.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { isReady, type Pod } from './containers.ts';

/** What a person edits to change a pod: the top controller (or the bare pod) and where its pod spec stands. */
export interface Workload {
  ref: ObjectRef;
  spec: PodSpec;
  /** `spec.template.spec`. */
  path: string;
}

export function workloadOf(pod: Pod, view: ClusterView): Workload {
  return workloadAt(view.topOwner(refOf(pod)), view) ?? { ref: refOf(pod), spec: pod.spec ?? { containers: [] }, path: 'spec' };
}

/** The workload a reference names, or the one above the pod that it names. */
export function workloadAt(ref: ObjectRef, view: ClusterView): Workload | null {
  const object = view.find(view.topOwner(ref));
  if (object === undefined) return null;
  const template = templateOf(object);
  return template === null ? null : { ref: refOf(object), ...template };
}

function templateOf(object: KubeObject): { spec: PodSpec; path: string } | null {
  if (isKind(object, 'Pod')) return object.spec === undefined ? null : { spec: object.spec, path: 'spec' };
  if (isKind(object, 'CronJob')) return asTemplate(object.spec?.jobTemplate.spec?.template.spec, 'spec.jobTemplate.spec.template.spec');
  if (isKind(object, 'Deployment') || isKind(object, 'StatefulSet') || isKind(object, 'DaemonSet') || isKind(object, 'Job') || isKind(object, 'ReplicaSet')) {
    return asTemplate(object.spec?.template?.spec, 'spec.template.spec');
  }
  return null;
}

function asTemplate(spec: PodSpec | undefined, path: string) {
  return spec === undefined ? null : { spec, path };
}

/** A container in the workload's template, with its full path; null where only the pod has it (an injected sidecar). */
export function templateContainer(workload: Workload, name: string): { spec: Container; path: string } | null {
  for (const list of ['initContainers', 'containers'] as const) {
    const index = (workload.spec[list] ?? []).findIndex((container) => container.name === name);
    const spec = workload.spec[list]?.[index];
    if (spec !== undefined) return { spec, path: `${workload.path}.${list}[${index}]` };
  }
  return null;
}

/** `high` when nothing of the workload is ready, `medium` while something still serves. */
export function severityFor(pod: Pod, view: ClusterView): 'high' | 'medium' {
  return view.podsOf(view.topOwner(refOf(pod))).some(isReady) ? 'medium' : 'high';
}

/** A rollout in which an older revision still serves; all null where there is none. */
export type RolloutFacts = {
  revision: string | null;
  servingRevision: string | null;
  servingPods: number;
};

const revisionAnnotation = 'deployment.kubernetes.io/revision';

export function rolloutFacts(pod: Pod, view: ClusterView): RolloutFacts {
  const owner = pod.metadata.ownerReferences?.find((reference) => reference.controller === true && reference.kind === 'ReplicaSet');
  const current = owner === undefined ? undefined : view.get('ReplicaSet', pod.metadata.namespace ?? null, owner.name);
  const revision = current?.metadata.annotations?.[revisionAnnotation] ?? null;
  const older = current === undefined || revision === null ? null : servingBefore(current, Number(revision), view);
  if (older === null) return { revision, servingRevision: null, servingPods: 0 };
  return { revision, servingRevision: revisionOf(older), servingPods: older.status?.readyReplicas ?? 0 };
}

/** The same of a Deployment, for its newest revision. */
export function newestRolloutFacts(deployment: ObjectRef, view: ClusterView): RolloutFacts {
  const newest = replicaSetsOf(deployment, view).toSorted((a, b) => Number(revisionOf(b)) - Number(revisionOf(a)))[0];
  const revision = newest === undefined ? null : revisionOf(newest);
  const older = newest === undefined || revision === null ? null : servingBefore(newest, Number(revision), view);
  return { revision, servingRevision: older === null ? null : revisionOf(older), servingPods: older?.status?.readyReplicas ?? 0 };
}

/** The newest ReplicaSet of the same Deployment, older than `revision`, that has ready pods. */
function servingBefore(current: KindTypes['ReplicaSet'], revision: number, view: ClusterView): KindTypes['ReplicaSet'] | null {
  const top = view.topOwner(refOf(current));
  const siblings = replicaSetsOf(top, view).filter((set) => Number(revisionOf(set)) < revision && (set.status?.readyReplicas ?? 0) > 0);
  return siblings.toSorted((a, b) => Number(revisionOf(b)) - Number(revisionOf(a)))[0] ?? null;
}

export function replicaSetsOf(deployment: ObjectRef, view: ClusterView): KindTypes['ReplicaSet'][] {
  const owned = (set: KindTypes['ReplicaSet']) =>
    set.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.kind === deployment.kind && owner.name === deployment.name) === true;
  return view.list('ReplicaSet', deployment.namespace ?? undefined).filter(owned);
}

export function revisionOf(set: KindTypes['ReplicaSet']): string | null {
  return set.metadata.annotations?.[revisionAnnotation] ?? null;
}

/** ` Revision 2 of the rollout is stuck there; revision 1 still serves with 2 ready pods.`, or nothing. */
export function rolloutClause(facts: Readonly<Record<string, Fact>>): string {
  const { revision, servingRevision, servingPods } = facts;
  if (typeof servingRevision !== 'string' || typeof revision !== 'string') return '';
  return ` Revision ${revision} of the rollout is stuck on it; revision ${servingRevision} still serves with ${servingPods} ready ${servingPods === 1 ? 'pod' : 'pods'}.`;
}

export function podRef(pod: Pod): ObjectRef {
  return refTo('Pod', pod.metadata.namespace ?? null, pod.metadata.name);
}
