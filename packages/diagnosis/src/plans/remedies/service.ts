import type { ObjectRef } from '@quarterdeck/contract';
import { listFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyStep } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, patchStep, proposal } from './step.ts';

type Labels = Readonly<Record<string, string | null>>;

/** Changes labels of a Service's selector; `null` takes one off. */
function selectorStep(service: ObjectRef, description: string, now: Labels, then: Labels): RemedyStep {
  const command = (selector: Labels) => inNamespace(service, ['patch', 'service', service.name, '--type=merge', '-p', JSON.stringify({ spec: { selector } })]);
  return {
    description,
    kubectl: command(then),
    validation: `${commandLine(inNamespace(service, ['get', 'endpointslices', '-l', `kubernetes.io/service-name=${service.name}`]))} lists the addresses of the pods.`,
    rollback: commandLine(command(now)),
    impact: 'low',
  };
}

/** Lets the Service select what its pods really carry. */
export const serviceSelectorRemedy = defineRemedy({
  mechanisms: ['service-selector-mismatch'],
  propose({ cause, facts }) {
    const target = stringFact(facts, 'target');
    const labels = (fact: 'wanted' | 'carried'): Labels =>
      Object.fromEntries(listFact(facts, 'keys').map((key, index) => [key, listFact(facts, fact)[index] || null]));
    const step = selectorStep(cause, `Let Service ${cause.name} select the labels that the pods of ${target} carry`, labels('wanted'), labels('carried'));
    return proposal(`Change the selector of Service ${cause.name} to the labels that its pods carry.`, [step], {
      assumptions: [`Service ${cause.name} is meant for the pods of ${target}.`],
      recommendations: ['Render the labels of the workload and the selector of its Service from one source, so that neither can change alone.'],
    });
  },
});

/** Leads writes to the ready pods of the same program that one other label tells apart, where these are of one kind. */
export const replicaServiceRemedy = defineRemedy({
  mechanisms: ['service-reaches-replica'],
  propose({ cause, facts }) {
    const others = listFact(facts, 'others');
    const selector = Object.fromEntries((stringFact(facts, 'selector') ?? '').split(',').map((label) => label.split('=')));
    const [key, value] = others[0]?.split('=') ?? [];
    if (key === undefined || value === undefined || others.length > 1)
      return { missing: [`Which pods Service ${cause.name} should select: now ${stringFact(facts, 'selector')}; there are also ${others.join(', ')}.`] };
    const step = selectorStep(cause, `Let Service ${cause.name} select the pods with ${others[0]}`, { [key]: selector[key] ?? null }, { [key]: value });
    return proposal(`Let Service ${cause.name} lead to the pods with ${others[0]}, which are ready.`, [step], {
      assumptions: [`The pods with ${others[0]} take writes, and whoever only reads by way of Service ${cause.name} may read from them as well.`],
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
