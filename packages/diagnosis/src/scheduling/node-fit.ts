import type { KindTypes } from '@quarterdeck/contract';
import { parseQuantity } from '@quarterdeck/contract';
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from 'kubernetes-types/core/v1.js';

type Node = KindTypes['Node'];
type Pod = KindTypes['Pod'];

/** What the scheduler counts for a pod: the containers' requests together, or the largest init container's. */
export function requestOf(spec: PodSpec, resource: string): number {
  const one = (container: { resources?: { requests?: Record<string, unknown>; limits?: Record<string, unknown> } }) => {
    const value = container.resources?.requests?.[resource] ?? container.resources?.limits?.[resource];
    return typeof value === 'string' || typeof value === 'number' ? (parseQuantity(value) ?? 0) : 0;
  };
  const together = (spec.containers ?? []).reduce((sum, container) => sum + one(container), 0);
  const largestInit = Math.max(0, ...(spec.initContainers ?? []).map(one));
  return Math.max(together, largestInit);
}

export function allocatable(node: Node, resource: string): number {
  return parseQuantity(node.status?.allocatable?.[resource]) ?? 0;
}

/** What is left on a node after the requests of the pods that run there. */
export function freeOn(node: Node, resource: string, pods: readonly Pod[]): number {
  const held = pods.filter((pod) => pod.spec?.nodeName === node.metadata.name && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed');
  return allocatable(node, resource) - held.reduce((sum, pod) => sum + (pod.spec === undefined ? 0 : requestOf(pod.spec, resource)), 0);
}

/** One demand on a node's labels, from nodeSelector or from required node affinity, with where it stands in the pod spec. */
export interface LabelDemand {
  key: string;
  operator: NodeSelectorRequirement['operator'];
  values: readonly string[];
  /** Inside the pod spec. */
  path: string;
}

/** Demands that every node must meet; terms of an affinity are alternatives, so only a single term is a demand. */
export function labelDemands(spec: PodSpec): LabelDemand[] {
  const selector = Object.entries(spec.nodeSelector ?? {}).map(([key, value]): LabelDemand => ({ key, operator: 'In', values: [value], path: 'nodeSelector' }));
  const base = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
  const terms: NodeSelectorTerm[] = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const demands = terms.flatMap((term, termIndex) =>
    (term.matchExpressions ?? []).map(
      (expression, index): LabelDemand => ({
        key: expression.key,
        operator: expression.operator,
        values: expression.values ?? [],
        path: `${base}[${termIndex}].matchExpressions[${index}]`,
      }),
    ),
  );
  return [...selector, ...demands];
}

export function meets(labels: Readonly<Record<string, string>>, demand: LabelDemand): boolean {
  const value = labels[demand.key];
  switch (demand.operator) {
    case 'In':
      return value !== undefined && demand.values.includes(value);
    case 'NotIn':
      return value === undefined || !demand.values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(demand.values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(demand.values[0]);
    default:
      return false;
  }
}
