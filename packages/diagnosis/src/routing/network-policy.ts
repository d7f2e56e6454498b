import { isKind, type KindTypes, refOf } from '@quarterdeck/contract';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import type { NetworkPolicyPeer, NetworkPolicyPort } from 'kubernetes-types/networking/v1.js';
import { selectorMatches } from '../graph/label-selector.ts';
import type { Pod } from '../pods/containers.ts';
import { timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { cidrHolds } from './cidr.ts';
import { declaredPorts } from './pod-ports.ts';

type Policy = KindTypes['NetworkPolicy'];
type Direction = 'Ingress' | 'Egress';

/** Traffic from one pod to a port of another; `port` is the container's, null where it is not known. */
export interface Traffic {
  from: Pod;
  to: Pod;
  port: number | null;
  protocol: 'TCP' | 'UDP';
  /** The addresses of the Service that it is sent to: some plugins judge an `ipBlock` before they are replaced. */
  via?: readonly string[];
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

function peerMatches(peer: NetworkPolicyPeer, policy: Policy, pod: Pod, addresses: readonly string[], view: ClusterView): boolean {
  const { ipBlock } = peer;
  if (ipBlock !== undefined) {
    return addresses.some((address) => holds(ipBlock.cidr, address) && !(ipBlock.except ?? []).some((cidr) => cidrHolds(cidr, address) === true));
  }
  const namespace = pod.metadata.namespace ?? '';
  const labels = view.get('Namespace', null, namespace)?.metadata.labels ?? { 'kubernetes.io/metadata.name': namespace };
  const inNamespace = peer.namespaceSelector === undefined ? namespace === policy.metadata.namespace : selectorMatches(peer.namespaceSelector, labels);
  return inNamespace && (peer.podSelector === undefined || selectorMatches(peer.podSelector, pod.metadata.labels));
}

/** What is not understood (another family of addresses) is taken as matching, so that nothing is blamed for it. */
function holds(cidr: string, address: string): boolean {
  return cidrHolds(cidr, address) ?? true;
}

function portMatches({ port, endPort, protocol }: NetworkPolicyPort, traffic: Traffic): boolean {
  if ((protocol ?? 'TCP') !== traffic.protocol) return false;
  if (port === undefined || traffic.port === null) return true;
  if (typeof port === 'string') return declaredPorts(traffic.to).some(({ name, number }) => name === port && number === traffic.port);
  return traffic.port >= port && traffic.port <= (endPort ?? port);
}

function peersMatch({ peers }: Rule, policy: Policy, direction: Direction, traffic: Traffic, view: ClusterView): boolean {
  const other = direction === 'Ingress' ? traffic.from : traffic.to;
  const addresses = [other.status?.podIP ?? '', ...(direction === 'Egress' ? (traffic.via ?? []) : [])];
  return peers.length === 0 || peers.some((peer) => peerMatches(peer, policy, other, addresses, view));
}

function portsMatch({ ports }: Rule, traffic: Traffic): boolean {
  return ports.length === 0 || ports.some((port) => portMatches(port, traffic));
}

function allows(policy: Policy, direction: Direction, traffic: Traffic, view: ClusterView): boolean {
  return rulesOf(policy, direction).some((rule) => peersMatch(rule, policy, direction, traffic, view) && portsMatch(rule, traffic));
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

/** What a rule of a policy comes near to letting through: the right ports for others, or other ports for the right one. */
export type NearlyAllows = 'peer' | 'port';

/**
 * The policy to change, of several that together stop the traffic: the one with a rule that nearly allows it, else one
 * that allows nothing at all (it stops what is ordinary), else the youngest.
 */
export function decisivePolicy({ direction, policies }: Blocking, traffic: Traffic, view: ClusterView): { policy: Policy; nearly: NearlyAllows | null } {
  const judged = policies.map((policy) => ({ policy, nearly: nearlyAllows(policy, direction, traffic, view), open: rulesOf(policy, direction).length > 0 }));
  const rank = ({ nearly, open }: (typeof judged)[number]) => (nearly === 'peer' ? 0 : nearly === 'port' ? 1 : open ? 3 : 2);
  const [first] = judged.toSorted(
    (a, b) => rank(a) - rank(b) || ageOf(b.policy) - ageOf(a.policy) || (a.policy.metadata.name < b.policy.metadata.name ? -1 : 1),
  );
  if (first === undefined) throw new RangeError('A blocking without a policy.');
  return first;
}

function ageOf({ metadata }: Policy): number {
  return timeOf(metadata.creationTimestamp) ?? 0;
}

function nearlyAllows(policy: Policy, direction: Direction, traffic: Traffic, view: ClusterView): NearlyAllows | null {
  const rules = rulesOf(policy, direction);
  if (rules.some((rule) => rule.peers.length > 0 && portsMatch(rule, traffic))) return 'peer';
  return rules.some((rule) => rule.ports.length > 0 && peersMatch(rule, policy, direction, traffic, view)) ? 'port' : null;
}

/** What is wrong with the rule that nearly allows the traffic, in words; null where nothing more is known. */
export function nearlyText(
  policy: Policy,
  direction: Direction,
  nearly: NearlyAllows | null,
  traffic: Traffic,
  servicePort: number | null,
  view: ClusterView,
): string | null {
  const rules = rulesOf(policy, direction);
  if (nearly === 'peer') {
    const peers = rules.filter((rule) => portsMatch(rule, traffic)).flatMap((rule) => rule.peers);
    return peers.flatMap((peer) => peerHint(peer, policy, direction === 'Ingress' ? traffic.from : traffic.to, view) ?? [])[0] ?? null;
  }
  if (nearly !== 'port' || traffic.port === null) return null;
  const ports = rules.filter((rule) => peersMatch(rule, policy, direction, traffic, view)).flatMap((rule) => rule.ports);
  if (servicePort !== null && servicePort !== traffic.port && ports.some(({ port }) => port === servicePort))
    return `port ${servicePort} is the port of the Service, but policies are about the port of the pod, ${traffic.port}`;
  const sameNumber = ports.find(({ port, protocol }) => port === traffic.port && (protocol ?? 'TCP') !== traffic.protocol);
  return sameNumber === undefined ? null : `port ${traffic.port} is open for ${sameNumber.protocol ?? 'TCP'} and not for ${traffic.protocol}`;
}

/** Why a peer does not fit the pod that was probably meant: labels that nobody carries. */
function peerHint({ podSelector, namespaceSelector }: NetworkPolicyPeer, policy: Policy, pod: Pod, view: ClusterView): string | null {
  if (namespaceSelector !== undefined && !view.list('Namespace').some(({ metadata }) => selectorMatches(namespaceSelector, metadata.labels)))
    return view.coverage('Namespace') === 'read' ? `no namespace carries ${labelsText(namespaceSelector)}` : null;
  const own = policy.metadata.namespace;
  if (namespaceSelector === undefined && podSelector !== undefined && pod.metadata.namespace !== own && selectorMatches(podSelector, pod.metadata.labels))
    return `its podSelector means pods of namespace ${own} alone, and the other side is in ${pod.metadata.namespace}`;
  if (podSelector === undefined || namespaceSelector !== undefined || !view.covers(own)) return null;
  const matches = view.list('Pod', own).some(({ metadata }) => selectorMatches(podSelector, metadata.labels));
  return matches ? null : `no pod of namespace ${own} carries ${labelsText(podSelector)}`;
}

/** The egress policies that keep a pod from asking DNS: it is isolated and nothing lets port 53 out to anywhere. */
export function policiesWithoutDns(pod: Pod, view: ClusterView): Policy[] {
  return policiesWithoutWayOut(pod, (rule) => rule.ports.length === 0 || rule.ports.some(isDnsPort), view);
}

/** The egress policies that keep a pod from everything outside of the cluster at this port. */
export function policiesWithoutOutside(pod: Pod, port: number | null, view: ClusterView): Policy[] {
  const opens = ({ peers, ports }: Rule) =>
    (peers.length === 0 || peers.some(({ ipBlock }) => ipBlock !== undefined)) &&
    (ports.length === 0 || port === null || ports.some((each) => typeof each.port !== 'number' || (port >= each.port && port <= (each.endPort ?? each.port))));
  return policiesWithoutWayOut(pod, opens, view);
}

function policiesWithoutWayOut(pod: Pod, opens: (rule: Rule) => boolean, view: ClusterView): Policy[] {
  const policies = isolatingPolicies(pod, 'Egress', view);
  return policies.some((policy) => rulesOf(policy, 'Egress').some(opens)) ? [] : policies;
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
  const pods = peer.podSelector === undefined ? 'all pods' : `pods ${labelsText(peer.podSelector)}`;
  return peer.namespaceSelector === undefined ? pods : `${pods} in namespaces ${labelsText(peer.namespaceSelector)}`;
}

/** `app=web,tier in (a, b)`; `of any label` for an empty selector. */
function labelsText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = matchExpressions.map(({ key, operator, values = [] }) =>
    operator === 'Exists' ? key : operator === 'DoesNotExist' ? `!${key}` : `${key} ${operator === 'In' ? 'in' : 'not in'} (${values.join(', ')})`,
  );
  return [...equal, ...expressions].join(',') || 'of any label';
}
