import { type KindTypes, type KubeObject, type ObjectRef, refOf, type TopologyExtra } from '@quarterdeck/contract';
import type { Relation } from '../model/relation.ts';
import { isLive } from '../pods/containers.ts';
import { allowedText } from '../routing/network-policy.ts';
import { missing } from './entries.ts';
import type { TopologyDraft } from './topology-draft.ts';
import type { DrawnWorkload } from './workloads.ts';

/** NetworkPolicies, each at the workloads that it is for, with what it lets through. */
export function drawPolicies(draft: TopologyDraft, inScope: (object: KubeObject) => boolean): void {
  const { view } = draft;
  for (const policy of view.list('NetworkPolicy').filter(inScope)) {
    const from = refOf(policy);
    draft.node(from, 'policy', { note: policyText(policy), state: 'healthy', stateText: '' });
    for (const { to } of view.outgoing(from, 'guards')) {
      const pod = view.get('Pod', to.namespace, to.name);
      if (pod !== undefined && isLive(pod)) draft.edge({ from, to: view.topOwner(to), type: 'guards' });
    }
  }
}

function policyText(policy: KindTypes['NetworkPolicy']): string {
  const types = policy.spec?.policyTypes ?? ['Ingress', ...(policy.spec?.egress === undefined ? [] : ['Egress'])];
  const texts = (['Ingress', 'Egress'] as const).filter((direction) => types.includes(direction));
  return texts.map((direction) => `${direction === 'Ingress' ? 'lets in' : 'lets out'} ${allowedText(policy, direction)}`).join('; ');
}

/** What workloads read and mount: configuration, storage, or both. */
export function drawUses(draft: TopologyDraft, workloads: readonly DrawnWorkload[], also: ReadonlySet<TopologyExtra>): void {
  for (const { object, pods } of workloads) {
    for (const holder of [object, ...pods.map(refOf)]) {
      for (const use of [...draft.view.outgoing(holder, 'mounts'), ...draft.view.outgoing(holder, 'reads')]) drawUse(draft, object, use, also);
    }
  }
}

const roles: Readonly<Record<string, 'config' | 'storage'>> = { ConfigMap: 'config', Secret: 'config', PersistentVolumeClaim: 'storage' };

function drawUse(draft: TopologyDraft, workload: ObjectRef, { to, detail }: Relation, also: ReadonlySet<TopologyExtra>): void {
  const role = roles[to.kind];
  // Every pod has the certificate of the API server, which says nothing of any of them.
  if (role === undefined || !also.has(role) || to.name === 'kube-root-ca.crt') return;
  draft.node(to, role);
  draft.edge({ from: workload, to, type: 'uses', ...(detail.optional === true ? {} : missing(draft, to)) });
}
