import type { PodAffinityTerm } from 'kubernetes-types/core/v1.js';
import { listFact, numberFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import { inNamespace, type PatchOperation, proposal, rolloutValidation, target } from './step.ts';
import { changed, type Proposed, specValue } from './template-change.ts';

export const tolerationRemedy = defineRemedy({
  mechanisms: ['toleration-mismatch'],
  propose(incident, view) {
    const { facts } = incident;
    const [path, key, value, effect] = [stringFact(facts, 'path') ?? '', stringFact(facts, 'key'), stringFact(facts, 'value'), stringFact(facts, 'effect')];
    const old = specValue(incident, path, view);
    if (old === undefined || key === null || effect === null) return { missing: ['The toleration as it stands in the template.'] };
    const right = value === null ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect };
    return changed(incident, view, {
      description: `Tolerate the taint ${stringFact(facts, 'taint')}`,
      operations: [{ op: 'replace', path, value: right }],
      undo: [{ op: 'replace', path, value: old }],
      assumption: `The toleration ${stringFact(facts, 'toleration')} was meant for that taint, so the pods belong on these nodes.`,
    });
  },
});

export const nodeNameRemedy = defineRemedy({
  mechanisms: ['node-name-missing'],
  propose(incident, view) {
    const [node, path, meant] = [stringFact(incident.facts, 'node') ?? '', stringFact(incident.facts, 'path') ?? '', stringFact(incident.facts, 'meant')];
    const back: PatchOperation = { op: meant === null ? 'add' : 'replace', path, value: node };
    return changed(incident, view, {
      description: meant === null ? 'Let the scheduler choose the node (no nodeName)' : `Bind the pods to node ${meant}`,
      operations: [meant === null ? { op: 'remove', path } : { op: 'replace', path, value: meant }],
      undo: [back],
      assumption: meant === null ? `The pods may run on any node: ${node} is not there to give them anything.` : `${meant} is the node that was meant.`,
      recommendations: ['Choose nodes with a nodeSelector: nodeName bypasses the scheduler, its checks and its messages.'],
    });
  },
});

export const schedulingGateRemedy = defineRemedy({
  mechanisms: ['scheduling-gate-closed'],
  propose(incident, view) {
    const workload = workloadAt(incident.cause, view);
    const gates = workload?.spec.schedulingGates;
    const names = listFact(incident.facts, 'gates').join(', ');
    if (workload === null || gates === undefined)
      return { missing: [`Who has to take the scheduling gate ${names} away: a controller or webhook that knows it, and whether it runs.`] };
    const path = `${workload.path}.schedulingGates`;
    return changed(incident, view, {
      description: `Take the scheduling gate ${names} out of the template`,
      operations: [{ op: 'remove', path }],
      undo: [{ op: 'add', path, value: gates }],
      assumption: `Nothing that the pods need is still to be prepared behind ${names}: no controller takes it away.`,
      impact: 'medium',
    });
  },
});

export const rolloutRoomRemedy = defineRemedy({
  mechanisms: ['rollout-needs-room'],
  propose(incident, view) {
    const strategy = view.get('Deployment', incident.cause.namespace, incident.cause.name)?.spec?.strategy;
    const path = 'spec.strategy';
    return changed(incident, view, {
      description: 'End an old pod before its successor starts (maxSurge 0, maxUnavailable 1)',
      operations: [
        { op: strategy === undefined ? 'add' : 'replace', path, value: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
      ],
      undo: [strategy === undefined ? { op: 'remove', path } : { op: 'replace', path, value: strategy }],
      assumption: `One of ${numberFact(incident.facts, 'replicas')} pods may be away for as long as its successor takes to start.`,
      impact: 'medium',
    });
  },
});

/** Softens the rule where it is about labels; fewer replicas where it is about a port, which cannot be shared. */
export const placesRemedy = defineRemedy({
  mechanisms: ['replicas-exceed-places'],
  propose(incident, view) {
    const { cause, facts } = incident;
    const path = stringFact(facts, 'path') ?? '';
    const affinity = path.replace(/\.requiredDuringSchedulingIgnoredDuringExecution\[\d+\]$/, '');
    const old = affinity === path ? undefined : specValue(incident, affinity, view);
    const preferred = softened(old);
    if (preferred === null) return fewer(incident);
    return changed(incident, view, {
      description: 'Prefer separate places instead of demanding them',
      operations: [{ op: 'replace', path: affinity, value: preferred }],
      undo: [{ op: 'replace', path: affinity, value: old }],
      assumption: `Pods of ${cause.kind} ${cause.name} may share a ${stringFact(facts, 'topologyKey')} as long as there are no more. If they may not, add nodes or scale to ${numberFact(facts, 'places')}.`,
      impact: 'medium',
      recommendations: ['Demand separate places only for as many replicas as there are places; topology spread with ScheduleAnyway says the same more gently.'],
    });
  },
});

function softened(antiAffinity: unknown): object | null {
  const terms = typeof antiAffinity === 'object' && antiAffinity !== null ? Reflect.get(antiAffinity, 'requiredDuringSchedulingIgnoredDuringExecution') : null;
  if (!Array.isArray(terms)) return null;
  const known: PodAffinityTerm[] = terms;
  const preferred: unknown = Reflect.get(Object(antiAffinity), 'preferredDuringSchedulingIgnoredDuringExecution');
  const own = known.map((podAffinityTerm) => ({ weight: 100, podAffinityTerm }));
  return { preferredDuringSchedulingIgnoredDuringExecution: [...(Array.isArray(preferred) ? preferred : []), ...own] };
}

function fewer({ cause, facts }: Incident): Proposed {
  const [places, replicas] = [numberFact(facts, 'places'), numberFact(facts, 'replicas')];
  if ((cause.kind !== 'Deployment' && cause.kind !== 'StatefulSet') || places < 1)
    return { missing: [`Whether ${cause.kind} ${cause.name} can do without ${stringFact(facts, 'demand')}.`] };
  const scale = (count: number) => inNamespace(cause, ['scale', target(cause), `--replicas=${count}`]);
  const step = {
    description: `Run ${places} instead of ${replicas}`,
    kubectl: scale(places),
    validation: rolloutValidation(cause),
    rollback: `kubectl ${scale(replicas).join(' ')}`,
    impact: 'medium' as const,
  };
  return proposal(`Scale ${cause.kind} ${cause.name} to the ${places} that can have ${stringFact(facts, 'demand')}.`, [step], {
    assumptions: [`${places} of its pods are enough, as ${places === 1 ? 'it is' : 'they are'} now; the others never ran.`],
    recommendations: ['Publish the port with a Service instead of a host port: then any number of pods can have it.'],
  });
}

export const spreadRemedy = defineRemedy({
  mechanisms: ['topology-spread-unmet'],
  propose(incident, view) {
    const [path, key, meant] = [stringFact(incident.facts, 'path') ?? '', stringFact(incident.facts, 'key') ?? '', stringFact(incident.facts, 'meant')];
    const field = meant === null ? `${path}.whenUnsatisfiable` : `${path}.topologyKey`;
    const softer = incident.facts.minDomains === null ? [] : [{ op: 'remove' as const, path: `${path}.minDomains` }];
    const back = incident.facts.minDomains === null ? [] : [{ op: 'add' as const, path: `${path}.minDomains`, value: incident.facts.minDomains }];
    return changed(incident, view, {
      description: meant === null ? `Spread over ${key} as far as it goes (ScheduleAnyway)` : `Spread over the label ${meant}, which nodes have`,
      operations: [...(meant === null ? softer : []), { op: 'replace', path: field, value: meant ?? 'ScheduleAnyway' }],
      undo: [{ op: 'replace', path: field, value: meant === null ? 'DoNotSchedule' : key }, ...(meant === null ? back : [])],
      assumption: meant === null ? 'An uneven spread is better than pods that do not run.' : `${meant} is the label that was meant.`,
      impact: 'medium',
    });
  },
});

export const podAffinityRemedy = defineRemedy({
  mechanisms: ['pod-affinity-unmet'],
  propose(incident, view) {
    const { facts } = incident;
    const [path, label, value, elsewhere] = [
      stringFact(facts, 'path') ?? '',
      stringFact(facts, 'label'),
      stringFact(facts, 'value'),
      stringFact(facts, 'elsewhere'),
    ];
    if (label !== null && value !== null) {
      const field = `${path}.labelSelector.matchLabels["${label}"]`;
      const old = Reflect.get(Object(specValue(incident, `${path}.labelSelector.matchLabels`, view)), label);
      return changed(incident, view, {
        description: `Stand beside pods with ${label}=${value}`,
        operations: [{ op: 'replace', path: field, value }],
        undo: [{ op: 'replace', path: field, value: old }],
        assumption: `${label}=${value} are the pods that were meant.`,
      });
    }
    if (elsewhere === null) return { missing: [`Which pods these should stand beside: none with ${stringFact(facts, 'labels')} runs anywhere.`] };
    return changed(incident, view, {
      description: `Look for the pods with ${stringFact(facts, 'labels')} in namespace ${elsewhere} too`,
      operations: [{ op: 'add', path: `${path}.namespaces`, value: [elsewhere] }],
      undo: [{ op: 'remove', path: `${path}.namespaces` }],
      assumption: `The pods of namespace ${elsewhere} are the ones that were meant.`,
    });
  },
});
