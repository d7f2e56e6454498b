import { isKind } from '@quarterdeck/contract';
import { stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, proposal } from './step.ts';

/** The labels that the pods of `Deployment web` carry, by which a policy can let them in. */
function labelsOf(workload: string, namespace: string | null, view: ClusterView): Record<string, string> {
  const [kind, name = ''] = workload.split(' ');
  const object = kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet' ? view.get(kind, namespace, name) : undefined;
  return object !== undefined && (isKind(object, 'Deployment') || isKind(object, 'StatefulSet') || isKind(object, 'DaemonSet'))
    ? (object.spec?.selector.matchLabels ?? {})
    : {};
}

/** Policies protect; what they let through is decided by whoever wrote them, with the exact rule at hand. */
export const networkPolicyRemedy = defineRemedy({
  mechanisms: ['network-policy-blocks'],
  propose({ cause, facts }, view) {
    const [caller, target, direction] = [stringFact(facts, 'caller') ?? '', stringFact(facts, 'target') ?? '', stringFact(facts, 'direction') ?? 'Ingress'];
    const ports =
      typeof facts.port === 'number'
        ? {
            ports:
              facts.port === 53
                ? [
                    { protocol: 'UDP', port: 53 },
                    { protocol: 'TCP', port: 53 },
                  ]
                : [{ protocol: 'TCP', port: facts.port }],
          }
        : {};
    const from = stringFact(facts, 'callerNamespace') ?? cause.namespace;
    const labels = labelsOf(caller, from, view);
    const elsewhere = from === cause.namespace ? {} : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': from } } };
    const rule = direction === 'Ingress' ? { from: [{ ...elsewhere, podSelector: { matchLabels: labels } }], ...ports } : ports;
    const hasRules = (view.get('NetworkPolicy', cause.namespace, cause.name)?.spec?.[direction === 'Ingress' ? 'ingress' : 'egress'] ?? []).length > 0;
    const field = `/spec/${direction.toLowerCase()}`;
    const patch = JSON.stringify([hasRules ? { op: 'add', path: `${field}/-`, value: rule } : { op: 'add', path: field, value: [rule] }]);
    const look = {
      description: `Read what NetworkPolicy ${cause.name} lets through`,
      kubectl: inNamespace(cause, ['describe', 'networkpolicy', cause.name]),
      validation: `It allows ${caller} to reach ${target}.`,
      rollback: null,
      impact: 'none' as const,
    };
    return proposal(`Let NetworkPolicy ${cause.name} allow ${caller} to reach ${target}, if it should.`, [look], {
      decisions: [
        {
          description: `allow it`,
          command: commandLine(inNamespace(cause, ['patch', 'networkpolicy', cause.name, '--type=json', '-p', patch])),
          destroys: `Nothing is deleted; ${direction === 'Ingress' ? `pods with these labels reach ${target}` : 'the selected pods may send to that port anywhere'}, which the policy kept out until now.`,
        },
      ],
      assumptions: ['The network plugin of the cluster enforces policies: the connections that time out speak for it.'],
      recommendations: ['Test policies with the callers that exist: each Service with a policy needs a rule for each of its callers, and for DNS.'],
    });
  },
});
