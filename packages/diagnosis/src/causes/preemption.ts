import { type KindTypes, refLabel, refOf, refTo } from '@quarterdeck/contract';
import { podUnschedulable } from '../analysers/pod-scheduling.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listFact } from './explain.ts';

const id = 'preemption';
type Pod = KindTypes['Pod'];

export type PreemptionFacts = { victim: string; preemptor: string; class: string; priority: number; ownClass: string; ownPriority: number };

export const preempted = defineMechanism<PreemptionFacts>({
  id: 'preempted-by-priority',
  title: (facts) => `${facts.preemptor} takes the place of ${facts.victim}`,
  sentence: (facts) =>
    `The scheduler removed a pod of ${facts.victim} (priority ${facts.ownPriority}, ${facts.ownClass}) to make room for ${facts.preemptor} (priority ${facts.priority}, ${facts.class}), and the pod that replaces it finds no node with room.`,
});

export const globalPriority = defineMechanism<PreemptionFacts>({
  id: 'priority-class-is-default',
  title: (facts, object) => `PriorityClass ${object.name} is the default of every pod and displaces ${facts.victim}`,
  sentence: (facts, object) =>
    `PriorityClass ${object.name} (value ${facts.priority}) is globalDefault, so every new pod that names no class gets it: ${facts.preemptor} preempted pods of ${facts.victim} that were made without it, and those that replace them find no node with room.`,
});

/** A pod that waits because a more important one took its place. */
export const preemptionRule = defineRule({
  id,
  explains: [podUnschedulable.code],
  mechanisms: [preempted, globalPriority],
  *explain(finding, view): Iterable<Explanation> {
    const short = listFact(finding.facts, 'resources').length > 0 || listFact(finding.facts, 'clauses').includes('too-many-pods');
    const pod = short ? view.get('Pod', finding.object.namespace, finding.object.name) : undefined;
    const found = pod === undefined ? null : preemptorOf(pod, view);
    if (pod !== undefined && found !== null) yield displaced(finding, pod, found, view);
  },
});

interface Preemptor {
  pod: Pod;
  text: string;
  at: number;
}

/** The pod that an event says took the place of a pod of the same controller; the latest one that still lives. */
function preemptorOf(pod: Pod, view: RuleView): Preemptor | null {
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true);
  const isVictim = (name: string) => name === pod.metadata.name || (owner !== undefined && name.startsWith(`${owner.name}-`));
  const events = view
    .list('Event', pod.metadata.namespace)
    .filter(({ reason, involvedObject }) => reason === 'Preempted' && isVictim(involvedObject.name ?? ''));
  const found = events.flatMap(({ message, involvedObject, lastTimestamp, eventTime }): Preemptor[] => {
    const uid = /Preempted by (?:a )?pod ([0-9a-f-]{36})/.exec(message ?? '')?.[1];
    const preemptor = uid === undefined ? undefined : view.list('Pod').find(({ metadata }) => metadata.uid === uid);
    const text = `Pod ${involvedObject.name}: ${message}`;
    return preemptor === undefined ? [] : [{ pod: preemptor, text, at: Date.parse(lastTimestamp ?? eventTime ?? '') || 0 }];
  });
  return found.toSorted((a, b) => b.at - a.at || (a.text < b.text ? -1 : 1))[0] ?? null;
}

function displaced(finding: IdentifiedFinding, pod: Pod, { pod: by, text }: Preemptor, view: RuleView): Explanation {
  const preemptor = view.topOwner(refOf(by));
  const name = by.spec?.priorityClassName;
  const priorityClass = name === undefined ? undefined : view.get('PriorityClass', null, name);
  const facts = {
    victim: refLabel(view.topOwner(refOf(pod))),
    preemptor: refLabel(preemptor),
    class: classText(by),
    priority: by.spec?.priority ?? 0,
    ownClass: classText(pod),
    ownPriority: pod.spec?.priority ?? 0,
  };
  const said = evidence({ source: 'event', object: podRef(pod), text, value: 'Preempted', decisive: true });
  const byDefault = priorityClass?.globalDefault === true && name !== undefined;
  const object = byDefault ? refTo('PriorityClass', null, name) : preemptor;
  const seen = byDefault
    ? [said, fieldEvidence(object, 'globalDefault', 'true', { decisive: true })]
    : [said, fieldEvidence(podRef(by), 'spec.priority', facts.priority, { decisive: true })];
  return endsAt({ rule: id, finding, mechanism: byDefault ? globalPriority : preempted, object, facts, strength: 'certain', evidence: seen });
}

function classText({ spec }: Pod): string {
  return spec?.priorityClassName === undefined ? 'no PriorityClass' : `PriorityClass ${spec.priorityClassName}`;
}
