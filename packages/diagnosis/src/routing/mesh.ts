import type { KubeObject } from '@quarterdeck/contract';
import { at, isRecord, listAt, textAt } from '../custom/fields.ts';
import type { Labels } from '../graph/label-selector.ts';
import type { Pod } from '../pods/containers.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export const securityGroup = 'security.istio.io';
export const networkingGroup = 'networking.istio.io';

/** Policies in this namespace are for the whole mesh. */
export const meshRoot = 'istio-system';

/** Whether a pod takes part in the mesh: a sidecar proxy, or the node's proxy that takes its traffic (ambient). */
export function isMeshed(pod: Pod): boolean {
  const containers = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  return containers.some(({ name }) => name === 'istio-proxy') || pod.metadata.annotations?.['ambient.istio.io/redirection'] === 'enabled';
}

/** The labels under `spec.selector.matchLabels`; null where the policy is for all pods of its namespace, or of the mesh. */
function selectorOf(policy: KubeObject): Labels | null {
  const labels = at(policy, 'spec', 'selector', 'matchLabels');
  return isRecord(labels) && Object.keys(labels).length > 0 ? Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)])) : null;
}

function appliesTo(policy: KubeObject, pod: Pod): boolean {
  const inReach = policy.metadata.namespace === pod.metadata.namespace || policy.metadata.namespace === meshRoot;
  const labels = selectorOf(policy);
  return inReach && (labels === null || Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value));
}

/** The nearer a policy is to the pod, the more it counts: the pod's own, its namespace's, the mesh's. */
function nearness(policy: KubeObject): number {
  if (policy.metadata.namespace === meshRoot) return selectorOf(policy) === null ? 0 : 1;
  return selectorOf(policy) === null ? 2 : 3;
}

/** The PeerAuthentication that makes a pod refuse plain connections to a port; null where it takes them. */
export function strictPolicyFor(pod: Pod, port: number | null, view: ClusterView): KubeObject | null {
  const policies = view.listCustom(securityGroup, 'PeerAuthentication').filter((policy) => appliesTo(policy, pod));
  const told = policies.flatMap((policy) => {
    const ofPort = port === null ? null : textAt(policy, 'spec', 'portLevelMtls', String(port), 'mode');
    const mode = ofPort ?? textAt(policy, 'spec', 'mtls', 'mode');
    return mode === null || mode === 'UNSET' ? [] : [{ policy, mode }];
  });
  const [nearest] = told.toSorted((a, b) => nearness(b.policy) - nearness(a.policy) || age(b.policy) - age(a.policy));
  return nearest?.mode === 'STRICT' ? nearest.policy : null;
}

function age({ metadata }: KubeObject): number {
  return Date.parse(metadata.creationTimestamp ?? '') || 0;
}

/** An AuthorizationPolicy that refuses every request to a pod: one that allows nothing while no other allows anything, or that denies all. */
export function denyingPolicyFor(pod: Pod, view: ClusterView): KubeObject | null {
  const policies = view.listCustom(securityGroup, 'AuthorizationPolicy').filter((policy) => appliesTo(policy, pod));
  const actionOf = (policy: KubeObject) => textAt(policy, 'spec', 'action') ?? 'ALLOW';
  const rulesOf = (policy: KubeObject) => listAt(policy, 'spec', 'rules');
  const denying = policies.find((policy) => actionOf(policy) === 'DENY' && rulesOf(policy).some((rule) => isRecord(rule) && Object.keys(rule).length === 0));
  const allowing = policies.filter((policy) => actionOf(policy) === 'ALLOW');
  const closed = allowing.every((policy) => rulesOf(policy).length === 0) ? allowing[0] : undefined;
  return denying ?? closed ?? null;
}
