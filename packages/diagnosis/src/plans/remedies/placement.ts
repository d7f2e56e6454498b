import { listFact, numberFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import { commandLine } from '../kubectl-command.ts';
import { hasRollout, inNamespace, proposal, rolloutValidation, target } from './step.ts';
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
    const { cause, facts } = incident;
    const [node, path, meant] = [stringFact(facts, 'node') ?? '', stringFact(facts, 'path') ?? '', stringFact(facts, 'meant')];
    const proposed = changed(incident, view, {
      description: 'Let the scheduler choose the node (no nodeName)',
      operations: [{ op: 'remove', path }],
      undo: [{ op: 'add', path, value: node }],
      assumption:
        meant === null
          ? `The pods may run on any node: ${node} is not there to give them anything.`
          : `The pods need not run on ${meant}, which may have been meant; a nodeSelector says it if they do.`,
      recommendations: ['Choose nodes with a nodeSelector: nodeName bypasses the scheduler, its checks and its messages.'],
    });
    if ('missing' in proposed) return proposed;
    // Nobody is to be bound past the scheduler again; the revision before holds the old template.
    const rollback = hasRollout(cause) ? commandLine(inNamespace(cause, ['rollout', 'undo', target(cause)])) : null;
    return { ...proposed, steps: proposed.steps.map((step) => ({ ...step, rollback })) };
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

/** As many as there are places: they run now, and the others never did. A softer rule needs the running pods to go first. */
export const placesRemedy = defineRemedy({
  mechanisms: ['replicas-exceed-places'],
  propose: (incident) => fewer(incident),
});

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
  return proposal(`Scale ${cause.kind} ${cause.name} to ${places}: there are no more places (${stringFact(facts, 'demand')}).`, [step], {
    assumptions: [`${places} of its pods are enough, as ${places === 1 ? 'it is' : 'they are'} now; the others never ran.`],
    recommendations: [
      stringFact(facts, 'demand')?.startsWith('host port') === true
        ? 'Publish the port with a Service instead of a host port: then any number of pods can have it.'
        : 'Prefer separate places instead of demanding them (preferredDuringSchedulingIgnoredDuringExecution), or spread with whenUnsatisfiable ScheduleAnyway: then more replicas than places can run.',
    ],
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
