import { isKind, type KindTypes, refOf } from '@quarterdeck/contract';
import type { NetworkPolicyPeer, NetworkPolicyPort } from 'kubernetes-types/networking/v1.js';
import { selectorMatches } from '../graph/label-selector.ts';
import type { Pod } from '../pods/containers.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { declaredPorts } from './pod-ports.ts';

type Policy = KindTypes['NetworkPolicy'];
type Direction = 'Ingress' | 'Egress';

/** Traffic from one pod to a port of another; `port` is the container's, null where it is not known. */
export interface Traffic {
  from: Pod;
  to: Pod;
  port: number | null;
  protocol: 'TCP' | 'UDP';
}

interface Rule {
  peers: NetworkPolicyPeer[];
  ports: NetworkPolicyPort[];
}

function isolates(policy: Policy, direction: Direction): boolean {
  const types = policy.spec?.policyTypes ?? ['Ingress', ...(policy.spec?.egress === undefined ? [] : ['Egress'])];
  return types.includes(direction);
}

function rulesOf(policy: Policy, direction: Direction): Rule[] {
  if (direction === 'Ingress') return (policy.spec?.ingress ?? []).map((rule) => ({ peers: rule.from ?? [], ports: rule.ports ?? [] }));
  return (policy.spec?.egress ?? []).map((rule) => ({ peers: rule.to ?? [], ports: rule.ports ?? [] }));
}

/** The policies that select a pod and isolate it in one direction. */
export function isolatingPolicies(pod: Pod, direction: Direction, view: ClusterView): Policy[] {
  return view.incoming(refOf(pod), 'guards').flatMap(({ from }) => {
    const policy = view.find(from);
    return policy !== undefined && isKind(policy, 'NetworkPolicy') && isolates(policy, direction) ? [policy] : [];
  });
}

function peerMatches(peer: NetworkPolicyPeer, policy: Policy, pod: Pod, view: ClusterView): boolean {
  if (peer.ipBlock !== undefined)
    return cidrContains(peer.ipBlock.cidr, pod.status?.podIP) && !(peer.ipBlock.except ?? []).some((cidr) => cidrContains(cidr, pod.status?.podIP));
  const namespace = pod.metadata.namespace ?? '';
  const labels = view.get('Namespace', null, namespace)?.metadata.labels ?? { 'kubernetes.io/metadata.name': namespace };
  const inNamespace = peer.namespaceSelector === undefined ? namespace === policy.metadata.namespace : selectorMatches(peer.namespaceSelector, labels);
  return inNamespace && (peer.podSelector === undefined || selectorMatches(peer.podSelector, pod.metadata.labels));
}

/** IPv4 only: another family is taken as matching, so that nothing is blamed that was not understood. */
function cidrContains(cidr: string, address: string | undefined): boolean {
  const [network = '', bits = '32'] = cidr.split('/');
  const [net, ip] = [ipv4(network), ipv4(address ?? '')];
  if (net === null || ip === null) return true;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(net / size) === Math.floor(ip / size);
}

function ipv4(address: string): number | null {
  const parts = address.split('.').map(Number);
  return parts.length === 4 && parts.every((part) => part >= 0 && part < 256) ? parts.reduce((sum, part) => sum * 256 + part, 0) : null;
}

function portMatches({ port, endPort, protocol }: NetworkPolicyPort, traffic: Traffic): boolean {
  if ((protocol ?? 'TCP') !== traffic.protocol) return false;
  if (port === undefined || traffic.port === null) return true;
  if (typeof port === 'string') return declaredPorts(traffic.to).some(({ name, number }) => name === port && number === traffic.port);
  return traffic.port >= port && traffic.port <= (endPort ?? port);
}

function allows(policy: Policy, direction: Direction, traffic: Traffic, view: ClusterView): boolean {
  const other = direction === 'Ingress' ? traffic.from : traffic.to;
  return rulesOf(policy, direction).some(
    ({ peers, ports }) =>
      (peers.length === 0 || peers.some((peer) => peerMatches(peer, policy, other, view))) &&
      (ports.length === 0 || ports.some((port) => portMatches(port, traffic))),
  );
}

export interface Blocking {
  direction: Direction;
  /** All policies that isolate the pod in that direction; none of them allows the traffic. */
  policies: Policy[];
}

/** Which side's policies stop the traffic; null where both sides let it through. A pod is isolated once a policy selects it. */
export function blockingPolicies(traffic: Traffic, view: ClusterView): Blocking | null {
  for (const direction of ['Ingress', 'Egress'] as const) {
    const policies = isolatingPolicies(direction === 'Ingress' ? traffic.to : traffic.from, direction, view);
    if (policies.length > 0 && !policies.some((policy) => allows(policy, direction, traffic, view))) return { direction, policies };
  }
  return null;
}

/** The egress policies that keep a pod from asking DNS: it is isolated and nothing lets port 53 out to anywhere. */
export function policiesWithoutDns(pod: Pod, view: ClusterView): Policy[] {
  const policies = isolatingPolicies(pod, 'Egress', view);
  const letsOut = policies.some((policy) => rulesOf(policy, 'Egress').some(({ ports }) => ports.length === 0 || ports.some(isDnsPort)));
  return letsOut ? [] : policies;
}

function isDnsPort({ port, endPort }: NetworkPolicyPort): boolean {
  if (port === undefined || typeof port === 'string') return true;
  return port <= 53 && (endPort ?? port) >= 53;
}

/** What a policy lets through in one direction, in words; `nothing` where it has no rule. */
export function allowedText(policy: Policy, direction: Direction): string {
  const texts = rulesOf(policy, direction).map(({ peers, ports }) => {
    const who = peers.length === 0 ? 'anyone' : peers.map(peerText).join(' or ');
    return ports.length === 0 ? who : `${who} on ${ports.map(({ port, protocol }) => `${protocol ?? 'TCP'} ${port ?? 'any port'}`).join(', ')}`;
  });
  return texts.length === 0 ? 'nothing' : texts.join('; ');
}

function peerText(peer: NetworkPolicyPeer): string {
  if (peer.ipBlock !== undefined) return peer.ipBlock.cidr;
  const labels = (selector: typeof peer.podSelector) =>
    Object.entries(selector?.matchLabels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
  const pods = peer.podSelector === undefined ? 'all pods' : `pods ${labels(peer.podSelector) || 'of any label'}`;
  return peer.namespaceSelector === undefined ? pods : `${pods} in namespaces ${labels(peer.namespaceSelector) || 'of any label'}`;
}
