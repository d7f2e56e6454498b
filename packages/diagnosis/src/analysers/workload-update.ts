import { type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isLive, isReady, type Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { controllerOf } from '../view/ownership.ts';

type StatefulSet = KindTypes['StatefulSet'];
type DaemonSet = KindTypes['DaemonSet'];

export type UpdateBlockedFacts = { pod: string; podRevision: string; updateRevision: string; strategy: string };

export const updateBlocked = defineCode<UpdateBlockedFacts>({
  code: 'workload-update-blocked',
  title: 'A broken pod of the old revision keeps the new one from coming',
  documentation:
    'The template was changed, but a pod of the former revision is not ready and is not replaced: a StatefulSet with ordered pods waits for it to get ready first, and with the strategy OnDelete nothing is replaced at all. Mending the template does not mend such a pod; it has to be deleted.',
  silentWhen: 'The pod is being replaced, is on its ordinary way up, or runs the present template.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ pod, podRevision, updateRevision }) =>
    `Pod ${pod} of revision ${podRevision} is not ready, and the present revision ${updateRevision} waits for it.`,
});

export type UpdateWaitsFacts = { outdated: readonly string[]; pods: number; setting: string; value: string };

export const updateWaits = defineCode<UpdateWaitsFacts>({
  code: 'workload-update-waits',
  title: 'The present template does not roll out by itself',
  documentation:
    'The template was changed, and pods go on running the former one because the update strategy says so: OnDelete replaces a pod only when somebody deletes it, and a partition keeps the pods below it. Common while somebody tries a canary, and as commonly forgotten.',
  silentWhen: 'An operator owns the workload and updates its pods itself, or all pods run the present template.',
  opensAfterSeconds: 300,
  closesAfterSeconds: 10,
  message: ({ outdated, pods, setting, value }) => `${outdated.length} of ${pods} pods run a former template, and ${setting} ${value} does not replace them.`,
});

/** Told by the label that the controllers of StatefulSets and DaemonSets put on their pods. */
const revisionLabel = 'controller-revision-hash';
/** A pod that is just being replaced is not stuck. */
const settlingMs = 60_000;

export const statefulSetUpdate = defineAnalyser({
  id: 'statefulset-update',
  kind: 'StatefulSet',
  reads: ['Pod'],
  codes: [updateBlocked, updateWaits],
  *analyse(set, view) {
    const revision = set.status?.updateRevision;
    const observed = (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0);
    const complete = (set.status?.updatedReplicas ?? 0) >= (set.spec?.replicas ?? 1) && set.status?.currentRevision === revision;
    if (revision === undefined || !observed || complete || set.metadata.deletionTimestamp !== undefined) return;
    const strategy = set.spec?.updateStrategy?.type ?? 'RollingUpdate';
    const ordered = set.spec?.podManagementPolicy !== 'Parallel';
    const outdated = view.podsOf(refOf(set)).filter((pod) => isLive(pod) && revisionOf(pod) !== revision);
    if (ordered || strategy === 'OnDelete') yield* blocked(refOf(set), outdated, { revision, strategy }, view);
    yield* waiting(set, keptBack(set, outdated), view);
  },
});

export const daemonSetUpdate = defineAnalyser({
  id: 'daemonset-update',
  kind: 'DaemonSet',
  reads: ['Pod'],
  codes: [updateBlocked, updateWaits],
  *analyse(set, view) {
    const { status, spec } = set;
    const behind = (status?.updatedNumberScheduled ?? 0) < (status?.desiredNumberScheduled ?? 0);
    if (!behind || spec?.updateStrategy?.type !== 'OnDelete' || set.metadata.deletionTimestamp !== undefined) return;
    const pods = view.podsOf(refOf(set)).filter(isLive);
    const newest = newestRevision(pods);
    const outdated = pods.filter((pod) => newest === null || (status?.updatedNumberScheduled ?? 0) === 0 || revisionOf(pod) !== newest);
    yield* blocked(refOf(set), outdated, { revision: newest ?? 'not run yet', strategy: 'OnDelete' }, view);
    yield* waiting(set, { outdated, setting: 'updateStrategy', value: 'OnDelete' }, view);
  },
});

function revisionOf(pod: Pod): string | null {
  return pod.metadata.labels?.[revisionLabel] ?? null;
}

/** Where some pods run the present template, the youngest does. */
function newestRevision(pods: readonly Pod[]): string | null {
  const youngest = pods.toSorted((a, b) => (timeOf(b.metadata.creationTimestamp) ?? 0) - (timeOf(a.metadata.creationTimestamp) ?? 0))[0];
  return youngest === undefined ? null : revisionOf(youngest);
}

function* blocked(
  object: ObjectRef,
  outdated: readonly Pod[],
  { revision, strategy }: { revision: string; strategy: string },
  view: ClusterView,
): Iterable<RawFinding<UpdateBlockedFacts>> {
  const broken = outdated.find((pod) => !isReady(pod));
  const since = timeOf(broken?.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime) ?? timeOf(broken?.metadata.creationTimestamp);
  if (broken === undefined || since === null || !view.passed(since + settlingMs)) return;
  const podRevision = revisionOf(broken) ?? 'unknown';
  yield {
    code: updateBlocked.code,
    object,
    discriminator: '',
    severity: 'high',
    since,
    facts: { pod: broken.metadata.name, podRevision, updateRevision: revision, strategy },
    concerns: [podRef(broken)],
    evidence: [
      fieldEvidence(podRef(broken), `metadata.labels["${revisionLabel}"]`, podRevision, { decisive: true }),
      fieldEvidence(object, 'status.updateRevision', revision, { decisive: true }),
    ],
  };
}

interface KeptBack {
  outdated: readonly Pod[];
  setting: string;
  value: string;
}

/** The pods that the strategy itself leaves as they are. */
function keptBack(set: StatefulSet, outdated: readonly Pod[]): KeptBack {
  const strategy = set.spec?.updateStrategy;
  if (strategy?.type === 'OnDelete') return { outdated, setting: 'updateStrategy', value: 'OnDelete' };
  const partition = strategy?.rollingUpdate?.partition ?? 0;
  const below = outdated.filter(({ metadata }) => Number(/\d+$/.exec(metadata.name)?.[0] ?? 0) < partition);
  return { outdated: below, setting: 'partition', value: String(partition) };
}

/** Time to look at a canary on purpose. */
const patienceMs = 60_000;

function* waiting(set: StatefulSet | DaemonSet, { outdated, setting, value }: KeptBack, view: ClusterView): Iterable<RawFinding<UpdateWaitsFacts>> {
  if (outdated.length === 0 || outdated.some((pod) => !isReady(pod)) || controllerOf(set) !== null) return;
  const written = Math.max(...(set.metadata.managedFields ?? []).map(({ time, subresource }) => (subresource === 'status' ? 0 : (timeOf(time) ?? 0))), 0);
  if (!view.passed(written + patienceMs)) return;
  const object = refOf(set);
  const names = outdated.map(({ metadata }) => metadata.name);
  const pods = view.podsOf(object).length;
  yield {
    code: updateWaits.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: written === 0 ? null : written,
    facts: { outdated: names, pods, setting, value },
    evidence: [
      fieldEvidence(object, setting === 'partition' ? 'spec.updateStrategy.rollingUpdate.partition' : 'spec.updateStrategy.type', value, { decisive: true }),
      evidence({ source: 'status', object, path: 'status', text: `${names.length} of ${pods} pods run a former template: ${names.join(', ')}` }),
    ],
  };
}
