import { type BuiltInKind, type KindTypes, type KubeObject, type ObjectRef, refLabel, refOf } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { isLive, isReady } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** `key` is null where the whole object is missing. `runs` is how many pods go on without it. */
export type NeededFacts = { kind: string; name: string; key: string | null; path: string; runs: number };

export const neededObjectGone = defineCode<NeededFacts>({
  code: 'workload-reference-gone',
  title: 'What the pods need to start is gone',
  documentation:
    'The template of the workload refers to a ConfigMap, Secret, key, claim, ServiceAccount or PriorityClass that does not exist any more. The pods that run keep going, but not one can start again: the next node failure, eviction or rollout takes it down. For a CronJob it is the next run.',
  silentWhen: 'The reference is optional, the workload is scaled to zero or suspended, or its pods already fail for it, which tells more.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ kind, name, key, runs }) =>
    `${key === null ? `${kind} ${name}` : `Key ${key} of ${kind} ${name}`} is gone: ${runs === 0 ? 'the next run cannot start' : `${runs} running ${runs === 1 ? 'pod' : 'pods'} could not start again`}.`,
});

const reads: readonly BuiltInKind[] = ['Pod', 'ReplicaSet', 'ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount', 'PriorityClass'];
const needs = ['reads', 'mounts', 'runsAs', 'classes'] as const;
const needed = new Set(['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount', 'PriorityClass']);

/** The pods of a workload that runs well; null where it has none, or where one is not ready and tells by itself. */
function runningPods(object: KubeObject, view: ClusterView): number | null {
  const pods = view.podsOf(refOf(object)).filter(isLive);
  return pods.length > 0 && pods.every(isReady) ? pods.length : null;
}

function* goneReferences(object: KubeObject, runs: number, view: ClusterView): Iterable<RawFinding<NeededFacts>> {
  const ref = refOf(object);
  const seen = new Set<string>();
  for (const edge of needs.flatMap((type) => view.outgoing(ref, type))) {
    const { to, detail, path } = edge;
    const missing = view.isMissing(to);
    if (!needed.has(to.kind) || isMadeByCluster(to) || detail.optional === true || (!missing && !lacksKey(edge, view))) continue;
    const key = missing ? null : (detail.key ?? null);
    const id = [to.kind, to.name, ...(key === null ? [] : [key])].join('/');
    if (seen.has(id)) continue;
    seen.add(id);
    const label = refLabel({ ...to, namespace: null });
    yield {
      code: neededObjectGone.code,
      object: ref,
      discriminator: id,
      severity: 'medium',
      since: null,
      facts: { kind: to.kind, name: to.name, key, path, runs },
      evidence: [
        fieldEvidence(ref, path, key ?? to.name, { decisive: true }),
        absenceEvidence(to, key === null ? `${label} does not exist` : `${label} has no key ${key}`),
      ],
    };
  }
}

/** The `default` account and the certificate authority come back by themselves. */
function isMadeByCluster({ kind, name }: ObjectRef): boolean {
  return (kind === 'ServiceAccount' && name === 'default') || (kind === 'ConfigMap' && name === 'kube-root-ca.crt');
}

/** Whether the object was read and has no such key. */
function lacksKey({ to, detail }: Relation, view: ClusterView): boolean {
  if (detail.key === undefined || (to.kind !== 'ConfigMap' && to.kind !== 'Secret')) return false;
  const object = to.kind === 'Secret' ? view.get('Secret', to.namespace, to.name) : view.get('ConfigMap', to.namespace, to.name);
  // A Secret whose keys did not come with it says nothing of them.
  if (object === undefined || (to.kind === 'Secret' && object.data === undefined)) return false;
  return !Object.hasOwn({ ...object.data, ...('binaryData' in object ? object.binaryData : {}) }, detail.key);
}

function* running(object: KubeObject, replicas: number, view: ClusterView): Iterable<RawFinding<NeededFacts>> {
  if (replicas === 0 || object.metadata.deletionTimestamp !== undefined) return;
  const runs = runningPods(object, view);
  if (runs !== null) yield* goneReferences(object, runs, view);
}

function nextRun(cronJob: KindTypes['CronJob'], view: ClusterView): Iterable<RawFinding<NeededFacts>> {
  const idle = cronJob.spec?.suspend !== true && cronJob.metadata.deletionTimestamp === undefined && (cronJob.status?.active ?? []).length === 0;
  return idle ? goneReferences(cronJob, 0, view) : [];
}

const codes = [neededObjectGone];

export const workloadReferences: readonly AnyAnalyser[] = [
  defineAnalyser({ id: 'deployment-references', kind: 'Deployment', reads, codes, analyse: (one, view) => running(one, one.spec?.replicas ?? 1, view) }),
  defineAnalyser({ id: 'statefulset-references', kind: 'StatefulSet', reads, codes, analyse: (one, view) => running(one, one.spec?.replicas ?? 1, view) }),
  defineAnalyser({
    id: 'daemonset-references',
    kind: 'DaemonSet',
    reads,
    codes,
    analyse: (one, view) => running(one, one.status?.desiredNumberScheduled ?? 0, view),
  }),
  defineAnalyser({ id: 'cronjob-references', kind: 'CronJob', reads: [...reads, 'Job'], codes, analyse: nextRun }),
];
