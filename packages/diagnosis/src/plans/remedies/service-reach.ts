import { listFact, numberFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy, type RemedyStep } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, type PatchOperation, patchStep, proposal } from './step.ts';

function endpointsOf(cause: Parameters<typeof inNamespace>[0], service: string): string {
  return commandLine(inNamespace(cause, ['get', 'endpointslices', '-l', `kubernetes.io/service-name=${service}`]));
}

/** Narrows the selector by the label that only the Service's own pods carry. */
export const selectorTooWideRemedy = defineRemedy({
  mechanisms: ['service-selector-too-wide'],
  propose({ cause, facts }) {
    const [key = '', value = ''] = (stringFact(facts, 'label') ?? '').split('=');
    const strangers = listFact(facts, 'strangers').join(', ');
    if (cause.kind !== 'Service' || key === '') {
      return {
        missing: [
          `A label that tells the pods of ${strangers} from those of ${listFact(facts, 'own').join(', ')}: their templates carry the same ones. Give them labels of their own.`,
        ],
      };
    }
    const patch = (to: string | null) =>
      inNamespace(cause, ['patch', 'service', cause.name, '--type=merge', '-p', JSON.stringify({ spec: { selector: { [key]: to } } })]);
    const step: RemedyStep = {
      description: `Let Service ${cause.name} select only pods with ${key}=${value}`,
      kubectl: patch(value),
      validation: `${endpointsOf(cause, cause.name)} lists no address of ${strangers}.`,
      rollback: commandLine(patch(null)),
      impact: 'low',
    };
    return proposal(`Narrow the selector of Service ${cause.name} to ${key}=${value}.`, [step], {
      assumptions: [`Service ${cause.name} is meant for ${listFact(facts, 'own').join(', ')} alone.`],
      recommendations: ['Give every workload a label of its own name, and let the selector of its Service use it.'],
    });
  },
});

/** Selects the workload of the Service's own name, by the labels that its selector already uses where the pods have them. */
export const selectsAnotherRemedy = defineRemedy({
  mechanisms: ['service-selects-another'],
  propose({ cause, facts }, view) {
    const [kind, name = ''] = (listFact(facts, 'own')[0] ?? '').split(' ');
    const workload = kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet' ? view.get(kind, cause.namespace, name) : undefined;
    const labels = workload?.spec?.template.metadata?.labels ?? {};
    const selector = view.get('Service', cause.namespace, cause.name)?.spec?.selector ?? {};
    const changes = Object.entries(selector).flatMap(([key, value]) => (labels[key] === value ? [] : [{ key, before: value, after: labels[key] ?? null }]));
    if (workload === undefined || changes.every(({ after }) => after === null))
      return { missing: [`Labels that tell the pods of ${listFact(facts, 'own')[0]} from others.`] };
    const patch = (field: 'before' | 'after') =>
      inNamespace(cause, [
        'patch',
        'service',
        cause.name,
        '--type=merge',
        '-p',
        JSON.stringify({ spec: { selector: Object.fromEntries(changes.map((change) => [change.key, change[field]])) } }),
      ]);
    const step: RemedyStep = {
      description: `Let Service ${cause.name} select the pods of ${kind} ${name}`,
      kubectl: patch('after'),
      validation: `${endpointsOf(cause, cause.name)} lists the pods of ${kind} ${name}.`,
      rollback: commandLine(patch('before')),
      impact: 'low',
    };
    return proposal(`Let Service ${cause.name} select ${kind} ${name}, which bears its name.`, [step], {
      assumptions: [`Service ${cause.name} is meant for ${kind} ${name}, and was not led to ${listFact(facts, 'strangers').join(', ')} on purpose.`],
    });
  },
});

/** Gives the pods the labels back that the Service selects. */
export const labelsChangedRemedy = defineRemedy({
  mechanisms: ['workload-labels-changed'],
  propose({ cause, facts }) {
    const [keys, wanted, carried] = ['keys', 'wanted', 'carried'].map((name) => listFact(facts, name));
    const field = (key: string) => `spec.template.metadata.labels["${key}"]`;
    const operations = (keys ?? []).map((key, index): PatchOperation => ({ op: 'add', path: field(key), value: wanted?.[index] ?? '' }));
    const undo = (keys ?? []).map((key, index): PatchOperation => {
      const before = carried?.[index] ?? '';
      return before === '' ? { op: 'remove', path: field(key) } : { op: 'replace', path: field(key), value: before };
    });
    if (operations.length === 0) return { missing: [`Which labels the pods of ${cause.kind} ${cause.name} should carry.`] };
    const step = patchStep(
      { ref: cause, description: `Let the pods of ${cause.kind} ${cause.name} carry what Service ${stringFact(facts, 'service')} selects` },
      operations,
      undo,
    );
    return proposal(`Put back the labels that revision ${stringFact(facts, 'revision')} changed.`, [step], {
      assumptions: [`The labels were not changed on purpose. If they were, let Service ${stringFact(facts, 'service')} select the new ones instead.`],
      recommendations: ['Render the labels of the workload and the selector of its Service from one source, so that neither can change alone.'],
    });
  },
});

/** Lets every node send to the endpoints of all. */
export const localTrafficRemedy = defineRemedy({
  mechanisms: ['internal-traffic-policy-local'],
  propose({ cause, facts }) {
    const path = 'spec.internalTrafficPolicy';
    const step = patchStep(
      { ref: cause, description: `Let Service ${cause.name} send to endpoints on every node` },
      [{ op: 'replace', path, value: 'Cluster' }],
      [{ op: 'replace', path, value: 'Local' }],
    );
    return proposal(
      `Set internalTrafficPolicy of Service ${cause.name} to Cluster.`,
      [{ ...step, validation: `${listFact(facts, 'callers').join(', ')} stop failing.` }],
      {
        assumptions: ['Traffic may leave the node. If it must not, run a backend on every node with a caller (a DaemonSet).'],
      },
    );
  },
});

/** Who hands out addresses is not in the cluster, or says itself what it lacks. */
export const loadBalancerRemedy = defineRemedy({
  mechanisms: ['load-balancer-pending'],
  propose({ cause, facts }) {
    const failure = stringFact(facts, 'failure');
    const look: RemedyStep = {
      description: `Read what was tried for Service ${cause.name}`,
      kubectl: inNamespace(cause, ['describe', 'service', cause.name]),
      validation: 'It shows a LoadBalancer Ingress address.',
      rollback: null,
      impact: 'none',
    };
    const patch = (type: string) => inNamespace(cause, ['patch', 'service', cause.name, '--type=merge', '-p', JSON.stringify({ spec: { type } })]);
    return proposal(
      failure === null
        ? `Install what assigns addresses to Services of type LoadBalancer, or reach Service ${cause.name} in another way.`
        : `Mend what the load balancer controller says: ${failure}`,
      [look],
      {
        decisions: [
          {
            description: `reach it through a port of the nodes instead`,
            command: commandLine(patch('NodePort')),
            destroys: `Nothing is deleted; Service ${cause.name} then waits for no load balancer any more.`,
          },
        ],
        evidenceToGather: ['Whether this cluster has a load balancer at all: a cloud controller, MetalLB, kube-vip or the like.'],
      },
    );
  },
});

/** Endpoints that somebody writes by hand are theirs to correct. */
export const astrayEndpointsRemedy = defineRemedy({
  mechanisms: ['service-endpoints-astray'],
  propose({ cause, facts }) {
    const service = stringFact(facts, 'service') ?? '';
    const addresses = listFact(facts, 'addresses').join(', ');
    return {
      missing: [
        `The address that Service ${service} should lead to instead of ${addresses === '' ? 'none' : addresses}: correct it with \`kubectl edit ${cause.kind.toLowerCase()} ${cause.name} -n ${cause.namespace}\`, or give the Service a selector if pods of this cluster stand behind it.`,
      ],
    };
  },
});

/** Forwards the protocol that the pods serve. */
export const portProtocolRemedy = defineRemedy({
  mechanisms: ['service-port-protocol'],
  propose({ cause, facts }) {
    const [protocol, served] = [stringFact(facts, 'protocol') ?? '', stringFact(facts, 'served') ?? ''];
    const path = `spec.ports[${numberFact(facts, 'index')}].protocol`;
    const step = patchStep(
      { ref: cause, description: `Forward ${served} at port ${numberFact(facts, 'port')} of Service ${cause.name}` },
      [{ op: 'replace', path, value: served }],
      [{ op: 'replace', path, value: protocol }],
    );
    return proposal(
      `Set the protocol of port ${numberFact(facts, 'port')} of Service ${cause.name} to ${served}.`,
      [{ ...step, validation: `${endpointsOf(cause, cause.name)} lists the port with protocol ${served}.` }],
      {
        assumptions: [`Its callers speak ${served}: ${stringFact(facts, 'witness')}.`],
      },
    );
  },
});
