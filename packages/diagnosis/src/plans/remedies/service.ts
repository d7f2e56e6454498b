import { listFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyStep } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, patchStep, proposal } from './step.ts';

/** Lets the Service select what its pods really carry. */
export const serviceSelectorRemedy = defineRemedy({
  mechanisms: ['service-selector-mismatch'],
  propose(incident) {
    const { cause } = incident;
    const differences = listFact(incident.facts, 'keys').map((key, index) => ({
      key,
      wanted: listFact(incident.facts, 'wanted')[index] ?? '',
      carried: listFact(incident.facts, 'carried')[index] ?? '',
    }));
    const patch = (field: 'wanted' | 'carried') =>
      JSON.stringify({
        spec: { selector: Object.fromEntries(differences.map((difference) => [difference.key, difference[field] === '' ? null : difference[field]])) },
      });
    const command = (field: 'wanted' | 'carried') => inNamespace(cause, ['patch', 'service', cause.name, '--type=merge', '-p', patch(field)]);
    const step: RemedyStep = {
      description: `Let Service ${cause.name} select the labels that the pods of ${stringFact(incident.facts, 'target')} carry`,
      kubectl: command('carried'),
      validation: `${commandLine(inNamespace(cause, ['get', 'endpointslices', '-l', `kubernetes.io/service-name=${cause.name}`]))} lists the addresses of the pods.`,
      rollback: commandLine(command('wanted')),
      impact: 'low',
    };
    return proposal(`Change the selector of Service ${cause.name} to the labels that its pods carry.`, [step], {
      assumptions: [`Service ${cause.name} is meant for the pods of ${stringFact(incident.facts, 'target')}.`],
      recommendations: ['Render the labels of the workload and the selector of its Service from one source, so that neither can change alone.'],
    });
  },
});

/** A port as the API takes it: a number where it is one, else a name. */
function portValue(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Sends the traffic to the port that the pods serve. */
export const serviceTargetPortRemedy = defineRemedy({
  mechanisms: ['service-target-port'],
  propose(incident: Incident) {
    const { cause, facts } = incident;
    const meant = stringFact(facts, 'meant');
    const wrong = stringFact(facts, 'targetPort');
    if (meant === null || wrong === null || typeof facts.index !== 'number') {
      return { missing: [`Which of the ports that the pods declare (${listFact(facts, 'declared').join(', ')}) Service ${cause.name} is meant for.`] };
    }
    const path = `spec.ports[${facts.index}].targetPort`;
    const step = patchStep(
      { ref: cause, description: `Send port ${String(facts.port)} of Service ${cause.name} to ${meant}` },
      [{ op: 'replace', path, value: portValue(meant) }],
      [{ op: 'replace', path, value: portValue(wrong) }],
    );
    const validation = `${commandLine(inNamespace(cause, ['get', 'endpointslices', '-l', `kubernetes.io/service-name=${cause.name}`]))} shows port ${meant}, and callers stop failing.`;
    return proposal(`Set the targetPort of Service ${cause.name} to ${meant}.`, [{ ...step, validation }], {
      assumptions: [`The pods serve ${meant}: ${stringFact(facts, 'witness')}.`],
      recommendations: ['Give the container port a name and use it as targetPort: the Service then follows when the number changes.'],
    });
  },
});

/** Brings the backend up again. */
export const scaledToZeroRemedy = defineRemedy({
  mechanisms: ['backend-scaled-to-zero'],
  propose({ cause, facts }) {
    const target = `${cause.kind.toLowerCase()}/${cause.name}`;
    const step: RemedyStep = {
      description: `Run one replica of ${cause.kind} ${cause.name}`,
      kubectl: inNamespace(cause, ['scale', target, '--replicas=1']),
      validation: `${commandLine(inNamespace(cause, ['rollout', 'status', target, '--timeout=180s']))} ends with success.`,
      rollback: `${commandLine(inNamespace(cause, ['scale', target, '--replicas=0']))} (yours to decide: it stops the workload again)`,
      impact: 'medium',
    };
    return proposal(`Scale ${cause.kind} ${cause.name} up again: Service ${stringFact(facts, 'service')} is still called.`, [step], {
      assumptions: ['It was not scaled to zero on purpose. If it was, change its callers instead.'],
    });
  },
});
