import { type ObjectRef, refTo } from '@quarterdeck/contract';
import {
  type AutoscalerConflictFacts,
  type CannotScaleFacts,
  type HeldBackFacts,
  hpaCannotScale,
  hpaConflict,
  hpaHeldBack,
  hpaTargetAtZero,
  type TargetAtZeroFacts,
} from '../analysers/horizontal-pod-autoscaler-scaling.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, numberFact, stringFact } from './explain.ts';

const id = 'autoscaler-scaling';

export const autoscalersConflict = defineMechanism<AutoscalerConflictFacts>({
  id: 'hpa-conflict',
  title: (facts, object) => `HorizontalPodAutoscalers ${object.name} and ${facts.other} both scale ${facts.target}`,
  sentence: (facts, object) =>
    `HorizontalPodAutoscaler ${object.name} scales ${facts.target}, which HorizontalPodAutoscaler ${facts.other} scales already: two autoscalers on one workload undo each other, and Kubernetes lets neither act.`,
});

/** Built-in kinds that have no scale. */
const withoutScale = new Set(['DaemonSet', 'Job', 'CronJob', 'Pod', 'Service']);

export const cannotScale = defineMechanism<CannotScaleFacts>({
  id: 'hpa-cannot-scale',
  title: (facts, object) => `HorizontalPodAutoscaler ${object.name} cannot scale ${facts.kind} ${facts.name}`,
  sentence: (facts, object) =>
    `HorizontalPodAutoscaler ${object.name} targets ${facts.kind} ${facts.name}, ${
      withoutScale.has(facts.kind) ? `but a ${facts.kind} has no number of replicas to scale` : 'whose scale cannot be used'
    } (${facts.reason}: ${facts.message}).`,
});

export const scaledToZeroUnderAutoscaler = defineMechanism<TargetAtZeroFacts & { autoscaler: string }>({
  id: 'hpa-target-at-zero',
  title: (_facts, object) => `${object.kind} ${object.name} is scaled to zero, which switches its autoscaler off`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} has spec.replicas 0. HorizontalPodAutoscaler ${facts.autoscaler} asks for at least ${facts.minReplicas}, but zero replicas switch it off: nothing brings the workload back.`,
});

export const scaleUpDisabled = defineMechanism<HeldBackFacts>({
  id: 'hpa-scale-up-disabled',
  title: (_facts, object) => `HorizontalPodAutoscaler ${object.name} may not scale up`,
  sentence: (facts, object) =>
    `HorizontalPodAutoscaler ${object.name} stays at ${facts.replicas} of ${facts.maxReplicas} replicas although ${facts.metric} is ${facts.current} with a target of ${facts.target}: its behavior.scaleUp.selectPolicy is Disabled.`,
});

export const autoscalerScalingRule = defineRule({
  id,
  explains: [hpaConflict.code, hpaCannotScale.code, hpaTargetAtZero.code, hpaHeldBack.code],
  mechanisms: [autoscalersConflict, cannotScale, scaledToZeroUnderAutoscaler, scaleUpDisabled],
  *explain(finding): Iterable<Explanation> {
    const text = (name: string) => stringFact(finding.facts, name) ?? '';
    const common = { rule: id, finding, object: finding.object, strength: 'certain' as const, evidence: finding.evidence };
    if (finding.code === hpaConflict.code) {
      yield endsAt({ ...common, mechanism: autoscalersConflict, facts: { other: text('other'), target: text('target') } });
    } else if (finding.code === hpaCannotScale.code) {
      const facts = { kind: text('kind'), name: text('name'), reason: text('reason'), message: text('message').replace(/[.\s]+$/, '') };
      yield endsAt({ ...common, mechanism: cannotScale, facts });
    } else if (finding.code === hpaTargetAtZero.code) {
      const facts = { kind: text('kind'), name: text('name'), minReplicas: numberFact(finding.facts, 'minReplicas'), autoscaler: finding.object.name };
      const object = targetOf(facts.kind, finding.object.namespace, facts.name);
      yield endsAt({ ...common, mechanism: scaledToZeroUnderAutoscaler, object, facts });
    } else {
      const [replicas, maxReplicas] = [numberFact(finding.facts, 'replicas'), numberFact(finding.facts, 'maxReplicas')];
      const facts = { metric: text('metric'), current: text('current'), target: text('target'), replicas, maxReplicas };
      yield endsAt({ ...common, mechanism: scaleUpDisabled, facts });
    }
  },
});

function targetOf(kind: string, namespace: string | null, name: string): ObjectRef {
  return refTo(kind === 'StatefulSet' ? 'StatefulSet' : 'Deployment', namespace, name);
}
