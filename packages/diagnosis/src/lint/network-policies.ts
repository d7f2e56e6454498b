import { refOf } from '@quarterdeck/contract';
import type { NetworkPolicyPeer } from 'kubernetes-types/networking/v1.js';
import { selectorMatches } from '../graph/label-selector.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { defineLint, writtenTemplates } from './define-lint.ts';

export const policyMatchesNothing = defineLint({
  code: 'network-policy-matches-nothing',
  title: 'NetworkPolicy that is for no pod',
  documentation:
    'The podSelector matches no pod and no template of the namespace: what the policy was written to guard is open. An empty selector means all pods and is never told.',
  severity: 'low',
  silentWhen: 'A workload that is scaled to zero, or a Job that runs now and then, has the labels; or pods may not be listed.',
  kind: 'NetworkPolicy',
  *check(policy, view) {
    const selector = policy.spec?.podSelector;
    const namespace = policy.metadata.namespace ?? '';
    if (selector === undefined || view.coverage('Pod') !== 'read' || view.outgoing(refOf(policy), 'guards').length > 0) return;
    const isEmpty = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;
    const waits = [...writtenTemplates(view, namespace)].some(({ metadata }) => selectorMatches(selector, metadata.labels));
    if (!isEmpty && !waits) yield { path: 'spec.podSelector', message: 'No pod and no workload of the namespace has these labels.' };
  },
});

export const policyPeerMatchesNothing = defineLint({
  code: 'network-policy-peer-matches-nothing',
  title: 'NetworkPolicy lets in or out to nobody',
  documentation: 'A peer of a rule selects a namespace or pods that do not exist, so that the rule allows nothing. Often a label that was written from memory.',
  severity: 'low',
  silentWhen: 'The run is limited to some namespaces, or the peer is a range of addresses.',
  kind: 'NetworkPolicy',
  *check(policy, view) {
    if (view.scope !== null || view.coverage('Namespace') !== 'read' || view.coverage('Pod') !== 'read') return;
    const sides = [
      ...(policy.spec?.ingress ?? []).map((rule, index) => ({ peers: rule.from ?? [], path: `spec.ingress[${index}].from` })),
      ...(policy.spec?.egress ?? []).map((rule, index) => ({ peers: rule.to ?? [], path: `spec.egress[${index}].to` })),
    ];
    for (const { peers, path } of sides) {
      for (const [index, peer] of peers.entries()) {
        const nobody = whoIsMissing(peer, policy.metadata.namespace ?? '', view);
        if (nobody !== null) yield { path: `${path}[${index}]`, message: nobody };
      }
    }
  },
});

function whoIsMissing({ namespaceSelector, podSelector, ipBlock }: NetworkPolicyPeer, own: string, view: ClusterView): string | null {
  if (ipBlock !== undefined) return null;
  const namespaces =
    namespaceSelector === undefined
      ? [own]
      : view.list('Namespace').flatMap(({ metadata }) => (selectorMatches(namespaceSelector, metadata.labels) ? [metadata.name] : []));
  if (namespaces.length === 0) return 'No namespace has the labels of its namespaceSelector.';
  if (podSelector === undefined || Object.keys(podSelector.matchLabels ?? {}).length === 0) return null;
  const isThere = namespaces.some((namespace) => {
    const pods = view.list('Pod', namespace).some(({ metadata }) => selectorMatches(podSelector, metadata.labels));
    return pods || [...writtenTemplates(view, namespace)].some(({ metadata }) => selectorMatches(podSelector, metadata.labels));
  });
  return isThere ? null : `No pod of ${namespaces.length === 1 ? `namespace ${namespaces[0]}` : 'those namespaces'} has the labels of its podSelector.`;
}

export const networkPolicyChecks = [policyMatchesNothing, policyPeerMatchesNothing];
