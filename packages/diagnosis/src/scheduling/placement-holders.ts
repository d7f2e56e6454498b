import { type KindTypes, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import type { PodAffinityTerm, PodSpec } from 'kubernetes-types/core/v1.js';
import { selectorMatches } from '../graph/label-selector.ts';
import { isLive, type Pod } from '../pods/containers.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { podsOn } from './node-fit.ts';
import type { PendingPod } from './pending-pod.ts';
import { termText } from './placement-demands.ts';

type Node = KindTypes['Node'];

/** A place that only one pod can have, and who has it. */
export interface TakenPlace {
  /** In words: `host port 8080`, `no other pod with app=web on their kubernetes.io/hostname`. */
  demand: string;
  /** The label that tells one place from another. */
  topologyKey: string;
  /** Inside the pod spec. */
  path: string;
  /** Pods in the way, in the order of their names. */
  holders: readonly Pod[];
  /** How many places the candidate nodes are. */
  places: number;
}

const hostname = 'kubernetes.io/hostname';

/** Host ports of the pod that pods on the candidate nodes hold. */
export function takenHostPorts({ spec, candidates, pod }: PendingPod, view: ClusterView): TakenPlace[] {
  return hostPortsOf(spec).flatMap(({ port, protocol, path }): TakenPlace[] => {
    const holds = (other: Pod) => hostPortsOf(other.spec ?? { containers: [] }).some((held) => held.port === port && held.protocol === protocol);
    const holders = candidates.flatMap((node) => podsOn(node, view.list('Pod')).filter((other) => other !== pod && holds(other)));
    return holders.length === 0 ? [] : [{ demand: `host port ${port}`, topologyKey: hostname, path, holders: byName(holders), places: candidates.length }];
  });
}

function hostPortsOf(spec: PodSpec): { port: number; protocol: string; path: string }[] {
  return (spec.containers ?? []).flatMap((container, i) =>
    (container.ports ?? []).flatMap(({ hostPort, protocol }, j) =>
      hostPort === undefined ? [] : [{ port: hostPort, protocol: protocol ?? 'TCP', path: `containers[${i}].ports[${j}].hostPort` }],
    ),
  );
}

const antiAffinity = 'affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution';

/** Required anti-affinity of the pod that pods in the candidates' places offend. */
export function takenByAntiAffinity({ spec, candidates, nodes, pod }: PendingPod, view: ClusterView): TakenPlace[] {
  const terms = spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.flatMap((term, index): TakenPlace[] => {
    const places = new Set(candidates.map((node) => placeOf(node, term.topologyKey)));
    const inPlace = nodes.filter((node) => places.has(placeOf(node, term.topologyKey)));
    const holders = inPlace.flatMap((node) => podsOn(node, podsOfTerm(term, pod, view)));
    return holders.length === 0
      ? []
      : [{ demand: termText(term), topologyKey: term.topologyKey, path: `${antiAffinity}[${index}]`, holders: byName(holders), places: places.size }];
  });
}

/** Running pods whose own required anti-affinity keeps this pod away. */
export function keptAwayBy({ pod, candidates, nodes }: PendingPod, view: ClusterView): TakenPlace[] {
  return view.list('Pod').flatMap((other): TakenPlace[] => {
    if (other === pod || !isLive(other) || other.spec?.nodeName === undefined) return [];
    const terms = other.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const own = nodes.find((node) => node.metadata.name === other.spec?.nodeName);
    return terms.flatMap((term, index): TakenPlace[] => {
      const inTheWay = own !== undefined && candidates.some((node) => placeOf(node, term.topologyKey) === placeOf(own, term.topologyKey));
      const meant = inTheWay && inScope(term, other, pod) && selectorMatches(term.labelSelector, pod.metadata.labels);
      return meant
        ? [{ demand: termText(term), topologyKey: term.topologyKey, path: `${antiAffinity}[${index}]`, holders: [other], places: candidates.length }]
        : [];
    });
  });
}

function podsOfTerm(term: PodAffinityTerm, from: Pod, view: ClusterView): Pod[] {
  const namespaces = term.namespaceSelector === undefined ? (term.namespaces ?? [from.metadata.namespace ?? '']) : null;
  const pods = namespaces === null ? view.list('Pod') : namespaces.flatMap((namespace) => view.list('Pod', namespace));
  return pods.filter((pod) => pod !== from && isLive(pod) && selectorMatches(term.labelSelector, pod.metadata.labels));
}

function inScope(term: PodAffinityTerm, holder: Pod, other: Pod): boolean {
  if (term.namespaceSelector !== undefined) return true;
  return (term.namespaces ?? [holder.metadata.namespace ?? '']).includes(other.metadata.namespace ?? '');
}

function placeOf(node: Node, topologyKey: string): string {
  return node.metadata.labels?.[topologyKey] ?? (topologyKey === hostname ? node.metadata.name : '');
}

function byName(pods: readonly Pod[]): Pod[] {
  return [...new Set(pods)].toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** The workloads that hold a place, each once. */
export function ownersOf(holders: readonly Pod[], view: ClusterView): ObjectRef[] {
  return [...new Map(holders.map((pod) => view.topOwner(refOf(pod))).map((ref) => [refKey(ref), ref])).values()];
}
