import { isKind, type KindTypes, type ObjectRef, refLabel, refOf, refTo } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isLive, isReady } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { labelsNearMiss, workloadsMatching } from '../routing/selector-near-miss.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { controllerOf } from '../view/ownership.ts';

type Budget = KindTypes['PodDisruptionBudget'];

/** `draining` is a node that is cordoned and waits for pods of the budget; null where nobody is drained. */
export type BudgetFacts = { field: string; value: string; pods: number; desiredHealthy: number; draining: string | null };

export const pdbBlocksEviction = defineCode<BudgetFacts>({
  code: 'pdb-blocks-eviction',
  title: 'PodDisruptionBudget allows no disruption',
  documentation:
    'All pods of the budget are healthy and still not one may be evicted: minAvailable is as high as the number of pods, or maxUnavailable is zero. Nothing is down, but every drain and node upgrade will hang at these pods.',
  silentWhen: 'A pod of the budget is not ready, so that the budget is at work and the allowance comes back with it.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ field, value, pods, draining }) =>
    `${draining === null ? '' : `Node ${draining} is cordoned. `}No disruption allowed: ${field} is ${value} with ${pods} healthy ${pods === 1 ? 'pod' : 'pods'}, so evictions and drains are refused.`,
});

export type UnmatchedBudgetFacts = { selector: string; meant: string | null };

export const pdbMatchesNothing = defineCode<UnmatchedBudgetFacts>({
  code: 'pdb-matches-nothing',
  title: 'PodDisruptionBudget guards no pod',
  documentation:
    'The selector of the budget matches no pod, so it protects nothing: a drain may take all pods of the workload that it was written for at once. It is mild where nothing resembles what it selects.',
  silentWhen: 'A workload that is scaled to zero has the labels, or pods may not be listed.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ selector }) => `The selector ${selector} matches no pod: nothing is protected.`,
});

export type OverlapFacts = { other: string; pods: number };

export const pdbOverlaps = defineCode<OverlapFacts>({
  code: 'pdb-overlaps',
  title: 'Two PodDisruptionBudgets guard the same pods',
  documentation:
    'The eviction API refuses to evict a pod that more than one budget selects, whatever the budgets say, so every drain and node upgrade hangs at these pods.',
  silentWhen: 'The budgets select different pods.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ other, pods }) => `${pods} pods are guarded by PodDisruptionBudget ${other} too: they cannot be evicted.`,
});

export type UncountableFacts = { message: string };

export const pdbCannotCount = defineCode<UncountableFacts>({
  code: 'pdb-cannot-count',
  title: 'PodDisruptionBudget cannot count its pods',
  documentation:
    'The budget asks for a percentage or a maxUnavailable, and the controller cannot tell of how many: some of its pods have no controller, or one whose kind has no scale (SyncFailed). Until then not one of them may be evicted.',
  silentWhen: 'The budget counts with an integer minAvailable, which needs no controller.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ message }) => `Cannot count its pods: ${message}`,
});

export const disruptionBudgetAnalyser = defineAnalyser({
  id: 'disruption-budget',
  kind: 'PodDisruptionBudget',
  reads: ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Node'],
  codes: [pdbBlocksEviction, pdbMatchesNothing, pdbOverlaps, pdbCannotCount],
  *analyse(budget, view) {
    const { status, spec } = budget;
    yield* unmatched(budget, view);
    yield* overlapping(budget, view);
    yield* uncountable(budget, view);
    if (status === undefined || spec === undefined || status.observedGeneration !== (budget.metadata.generation ?? status.observedGeneration)) return;
    const structural = status.disruptionsAllowed === 0 && status.expectedPods > 0 && status.currentHealthy >= status.expectedPods;
    if (!structural || status.desiredHealthy < status.expectedPods || !guardsHealthyPods(budget, view)) return;
    const object = refOf(budget);
    const concerns = view.outgoing(object, 'guards').map(({ to }) => to);
    const draining = drainedNode(concerns, view);
    const field = spec.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
    const value = String(spec.maxUnavailable ?? spec.minAvailable ?? 1);
    yield {
      code: pdbBlocksEviction.code,
      object,
      discriminator: '',
      severity: draining === null ? 'medium' : 'high',
      since: null,
      facts: { field, value, pods: status.expectedPods, desiredHealthy: status.desiredHealthy, draining },
      concerns,
      evidence: [
        fieldEvidence(object, `spec.${field}`, value, { decisive: true }),
        fieldEvidence(object, 'status.disruptionsAllowed', '0'),
        fieldEvidence(object, 'status.currentHealthy', String(status.currentHealthy)),
      ],
    };
  },
});

/** A node that takes no more pods and still has some of the budget: somebody wants it empty. */
function drainedNode(pods: readonly ObjectRef[], view: ClusterView): string | null {
  const nodes = pods.flatMap((ref) => view.get('Pod', ref.namespace, ref.name)?.spec?.nodeName ?? []);
  return nodes.find((name) => view.get('Node', null, name)?.spec?.unschedulable === true) ?? null;
}

function* unmatched(budget: Budget, view: ClusterView): Iterable<RawFinding<UnmatchedBudgetFacts>> {
  const object = refOf(budget);
  const selector = budget.spec?.selector;
  const labels = selector?.matchLabels ?? {};
  if (view.coverage('Pod') !== 'read' || Object.keys(labels).length === 0 || (selector?.matchExpressions ?? []).length > 0) return;
  if (view.outgoing(object, 'guards').length > 0 || workloadsMatching(view, labels, object.namespace ?? '').length > 0) return;
  const miss = labelsNearMiss(view, { name: object.name, namespace: object.namespace ?? '', labels });
  const text = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const difference = miss?.differences.map(({ key, carried }) => (carried === null ? `no label ${key}` : `${key}=${carried}`)).join(', ');
  const meant = miss === null ? null : `${refLabel({ ...miss.target, namespace: null })} (${difference})`;
  yield {
    code: pdbMatchesNothing.code,
    object,
    discriminator: '',
    severity: meant === null ? 'low' : 'medium',
    since: null,
    facts: { selector: text.join(','), meant },
    concerns: miss === null ? [] : [miss.target],
    evidence: [
      fieldEvidence(object, 'spec.selector', text.join(','), { decisive: true }),
      absenceEvidence(object, `No pod in ${object.namespace} carries ${text.join(',')}${meant === null ? '' : `; ${meant} comes nearest`}`),
    ],
  };
}

function* uncountable(budget: Budget, view: ClusterView): Iterable<RawFinding<UncountableFacts>> {
  const object = refOf(budget);
  const blocked = budget.status?.conditions?.find(({ type, status }) => type === 'DisruptionAllowed' && status === 'False');
  const failed = blocked?.reason === 'SyncFailed' ? (blocked.message ?? 'SyncFailed') : null;
  const message = failed ?? (blocked === undefined ? null : unmanaged(budget, view));
  if (blocked === undefined || message === null) return;
  yield {
    code: pdbCannotCount.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: timeOf(blocked.lastTransitionTime),
    facts: { message },
    evidence: [fieldEvidence(object, 'status.conditions[type=DisruptionAllowed]', message, { decisive: true, text: `${blocked.reason}: ${message}` })],
  };
}

/** Pods without a controller count as none that should be there; null where the budget has pods to count. */
function unmanaged({ spec, status, metadata }: Budget, view: ClusterView): string | null {
  const relative = spec?.maxUnavailable !== undefined || typeof spec?.minAvailable === 'string';
  if (!relative || status?.expectedPods !== 0 || status.currentHealthy === 0) return null;
  const pods = view.outgoing(refTo('PodDisruptionBudget', metadata.namespace ?? null, metadata.name), 'guards').filter(({ to }) => {
    const pod = view.find(to);
    return pod !== undefined && controllerOf(pod) === null;
  });
  return pods.length === 0 ? null : `no controller owns ${pods.map(({ to }) => to.name).join(', ')}`;
}

/** Told of the younger budget: it came to pods that were guarded already. */
function* overlapping(budget: Budget, view: ClusterView): Iterable<RawFinding<OverlapFacts>> {
  const object = refOf(budget);
  const own = view.outgoing(object, 'guards').map(({ to }) => to);
  const others = Map.groupBy(
    own.flatMap((pod) => view.incoming(pod, 'guards').filter(({ from }) => from.kind === 'PodDisruptionBudget' && isOlder(from, budget, view))),
    ({ from }) => from.name,
  );
  for (const [other, shared] of others) {
    const rival = { ...object, name: other };
    yield {
      code: pdbOverlaps.code,
      object,
      discriminator: other,
      severity: 'medium',
      since: timeOf(budget.metadata.creationTimestamp),
      facts: { other, pods: shared.length },
      concerns: [rival, ...shared.map(({ to }) => to)],
      evidence: [
        fieldEvidence(object, 'spec.selector', labelsOf(object, view), { decisive: true }),
        fieldEvidence(rival, 'spec.selector', labelsOf(rival, view), {
          decisive: true,
          text: `PodDisruptionBudget ${other} selects ${labelsOf(rival, view)} too`,
        }),
      ],
    };
  }
}

function isOlder(other: ObjectRef, budget: Budget, view: ClusterView): boolean {
  const created = timeOf(view.find(other)?.metadata.creationTimestamp) ?? 0;
  const own = timeOf(budget.metadata.creationTimestamp) ?? 0;
  return other.name !== budget.metadata.name && (created < own || (created === own && other.name < budget.metadata.name));
}

function labelsOf(ref: ObjectRef, view: ClusterView): string {
  const labels = view.get('PodDisruptionBudget', ref.namespace, ref.name)?.spec?.selector?.matchLabels ?? {};
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/** A rollout or an outage also brings the allowance to zero; that is the budget at work and passes with it. */
function guardsHealthyPods(budget: Budget, view: ClusterView): boolean {
  const pods = view.outgoing(refOf(budget), 'guards').flatMap(({ to }) => {
    const pod = view.find(to);
    return pod !== undefined && isKind(pod, 'Pod') ? [pod] : [];
  });
  return view.coverage('Pod') !== 'read' || (pods.length > 0 && pods.filter(isLive).every(isReady));
}
