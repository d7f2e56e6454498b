import { isKind, type KindTypes, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { isLive, isReady } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Budget = KindTypes['PodDisruptionBudget'];

export type BudgetFacts = { field: string; value: string; pods: number; desiredHealthy: number };

export const pdbBlocksEviction = defineCode<BudgetFacts>({
  code: 'pdb-blocks-eviction',
  title: 'PodDisruptionBudget allows no disruption',
  documentation:
    'All pods of the budget are healthy and still not one may be evicted: minAvailable is as high as the number of pods, or maxUnavailable is zero. Nothing is down, but every drain and node upgrade will hang at these pods.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ field, value, pods }) =>
    `No disruption allowed: ${field} is ${value} with ${pods} healthy ${pods === 1 ? 'pod' : 'pods'}, so evictions and drains are refused.`,
});

export const disruptionBudgetAnalyser = defineAnalyser({
  id: 'disruption-budget',
  kind: 'PodDisruptionBudget',
  reads: ['Pod'],
  codes: [pdbBlocksEviction],
  *analyse(budget, view) {
    const { status, spec } = budget;
    if (status === undefined || spec === undefined || status.observedGeneration !== (budget.metadata.generation ?? status.observedGeneration)) return;
    const structural = status.disruptionsAllowed === 0 && status.expectedPods > 0 && status.currentHealthy >= status.expectedPods;
    if (!structural || status.desiredHealthy < status.expectedPods || !guardsHealthyPods(budget, view)) return;
    const object = refOf(budget);
    const field = spec.maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
    const value = String(spec.maxUnavailable ?? spec.minAvailable ?? 1);
    yield {
      code: pdbBlocksEviction.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: null,
      facts: { field, value, pods: status.expectedPods, desiredHealthy: status.desiredHealthy },
      evidence: [
        fieldEvidence(object, `spec.${field}`, value, { decisive: true }),
        fieldEvidence(object, 'status.disruptionsAllowed', '0'),
        fieldEvidence(object, 'status.currentHealthy', String(status.currentHealthy)),
      ],
    };
  },
});

/** A rollout or an outage also brings the allowance to zero; that is the budget at work and passes with it. */
function guardsHealthyPods(budget: Budget, view: ClusterView): boolean {
  const pods = view.outgoing(refOf(budget), 'guards').flatMap(({ to }) => {
    const pod = view.find(to);
    return pod !== undefined && isKind(pod, 'Pod') ? [pod] : [];
  });
  return view.coverage('Pod') !== 'read' || (pods.length > 0 && pods.filter(isLive).every(isReady));
}
