import { isKind, type KindTypes, refOf } from '@quarterdeck/contract';
import { containerInitStuck } from '../analysers/container-init.ts';
import { containerUnready } from '../analysers/container-readiness.ts';
import { workloadUnavailable } from '../analysers/workload-availability.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { isReady } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { replicaSetsOf, revisionOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt } from './explain.ts';

const id = 'rollout-strategy';

export type StrategyFacts = { maxUnavailable: string; maxSurge: string; revision: string; former: string; desired: number };

export const rolloutTookAllDown = defineMechanism<StrategyFacts>({
  id: 'rollout-took-all-down',
  title: (_facts, object) => `The rollout of ${object.kind} ${object.name} ended every pod before a new one was ready`,
  sentence: (facts, object) =>
    `The strategy of ${object.kind} ${object.name} (maxUnavailable ${facts.maxUnavailable}, maxSurge ${facts.maxSurge}) let its rollout end all ${facts.desired} pods of revision ${facts.former} at once, and no pod of revision ${facts.revision} is ready: nothing serves.`,
});

/** A rolling update that may take everything down, and did. Who knows why the new pods are not ready knows better. */
export const rolloutStrategyRule = defineRule({
  id,
  explains: [workloadUnavailable.code, containerInitStuck.code, containerUnready.code],
  mechanisms: [rolloutTookAllDown],
  *explain(finding, view): Iterable<Explanation> {
    const object = view.topOwner(finding.object);
    const deployment = view.find(object);
    if (deployment === undefined || !isKind(deployment, 'Deployment') || view.podsOf(object).some(isReady)) return;
    const facts = strategyFacts(deployment, view);
    if (facts === null) return;
    const path = 'spec.strategy.rollingUpdate.maxUnavailable';
    const seen = [fieldEvidence(object, path, facts.maxUnavailable, { decisive: true })];
    yield endsAt({ rule: id, finding, mechanism: rolloutTookAllDown, object, facts, strength: 'likely', evidence: seen });
  },
});

/** Null where the strategy keeps pods, where nothing was replaced, or where Recreate says that this is meant. */
function strategyFacts(deployment: KindTypes['Deployment'], view: RuleView): StrategyFacts | null {
  const desired = deployment.spec?.replicas ?? 1;
  const { type, rollingUpdate } = deployment.spec?.strategy ?? {};
  const maxUnavailable = rollingUpdate?.maxUnavailable ?? '25%';
  const [newest, former] = replicaSetsOf(refOf(deployment), view).toSorted((a, b) => Number(revisionOf(b)) - Number(revisionOf(a)));
  if (type === 'Recreate' || desired < 2 || allowed(maxUnavailable, desired) < desired || newest === undefined || former === undefined) return null;
  const facts = { maxUnavailable: String(maxUnavailable), maxSurge: String(rollingUpdate?.maxSurge ?? '25%'), desired };
  return { ...facts, revision: revisionOf(newest) ?? '', former: revisionOf(former) ?? '' };
}

function allowed(value: string | number, desired: number): number {
  return typeof value === 'string' && value.endsWith('%') ? Math.floor((Number.parseInt(value, 10) / 100) * desired) : Number(value);
}
