import type { KindTypes } from '@quarterdeck/contract';
import { parseQuantity } from '@quarterdeck/contract';
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from 'kubernetes-types/core/v1.js';
import { untolerated } from './taints.ts';

type Node = KindTypes['Node'];
type Pod = KindTypes['Pod'];

interface Resourced {
  resources?: { requests?: Record<string, unknown>; limits?: Record<string, unknown> };
}

function quantityOf({ resources }: Resourced, resource: string): number {
  const value = resources?.requests?.[resource] ?? resources?.limits?.[resource];
  return typeof value === 'string' || typeof value === 'number' ? (parseQuantity(value) ?? 0) : 0;
}

/**
 * What the scheduler counts for a pod: the containers' requests and those of native sidecars together, or what an init
 * container needs beside the sidecars started before it; a request of the pod as a whole wins, and overhead is added.
 */
export function requestOf(spec: PodSpec & Resourced, resource: string): number {
  let sidecars = 0;
  let largestInit = 0;
  for (const container of spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') sidecars += quantityOf(container, resource);
    else largestInit = Math.max(largestInit, sidecars + quantityOf(container, resource));
  }
  const together = sidecars + (spec.containers ?? []).reduce((sum, container) => sum + quantityOf(container, resource), 0);
  const ofPod = quantityOf(spec, resource);
  return (ofPod > 0 ? ofPod : Math.max(together, largestInit)) + (parseQuantity(spec.overhead?.[resource]) ?? 0);
}

export function allocatable(node: Node, resource: string): number {
  return parseQuantity(node.status?.allocatable?.[resource]) ?? 0;
}

/** The pods that hold a place on a node. */
export function podsOn(node: Node, pods: readonly Pod[]): Pod[] {
  return pods.filter((pod) => pod.spec?.nodeName === node.metadata.name && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed');
}

/** What is left on a node after the requests of the pods that run there. */
export function freeOn(node: Node, resource: string, pods: readonly Pod[]): number {
  return allocatable(node, resource) - podsOn(node, pods).reduce((sum, pod) => sum + (pod.spec === undefined ? 0 : requestOf(pod.spec, resource)), 0);
}

/** One demand on a node's labels, from nodeSelector or from required node affinity, with where it stands in the pod spec. */
export interface LabelDemand {
  key: string;
  operator: NodeSelectorRequirement['operator'];
  values: readonly string[];
  /** Inside the pod spec. */
  path: string;
}

const affinityPath = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';

/** The demands of each term of the required node affinity; a node has to meet all of one term. */
function affinityTerms(spec: PodSpec): LabelDemand[][] {
  const terms: NodeSelectorTerm[] = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.map((term, termIndex) =>
    (term.matchExpressions ?? []).map(
      (expression, index): LabelDemand => ({
        key: expression.key,
        operator: expression.operator,
        values: expression.values ?? [],
        path: `${affinityPath}[${termIndex}].matchExpressions[${index}]`,
      }),
    ),
  );
}

function selectorDemands(spec: PodSpec): LabelDemand[] {
  return Object.entries(spec.nodeSelector ?? {}).map(([key, value]) => ({ key, operator: 'In', values: [value], path: 'nodeSelector' }));
}

/** Demands on a node's labels as they are written; those of an affinity with several terms are alternatives. */
export function labelDemands(spec: PodSpec): LabelDemand[] {
  return [...selectorDemands(spec), ...affinityTerms(spec).flat()];
}

type Labels = Readonly<Record<string, string>>;

/** The demands that no node meets and that therefore keep the pod from every node: of alternatives only where all of them fail, then the first one's. */
export function unmetByAll(spec: PodSpec, nodes: readonly Labels[]): LabelDemand[] {
  const failing = (demands: readonly LabelDemand[]) => demands.filter((demand) => !nodes.some((labels) => meets(labels, demand)));
  const alternatives = affinityTerms(spec).map(failing);
  const [first = []] = alternatives;
  return [...failing(selectorDemands(spec)), ...(alternatives.every((unmet) => unmet.length > 0) ? first : [])];
}

/** Whether a node's labels and name are what the pod asks for. */
export function labelsFit(spec: PodSpec, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  const terms = affinityTerms(spec);
  const fields = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const named = fields.flatMap(({ matchFields }) => matchFields ?? []).filter(({ key, operator }) => key === 'metadata.name' && operator === 'In');
  return (
    selectorDemands(spec).every((demand) => meets(labels, demand)) &&
    (terms.length === 0 || terms.some((demands) => demands.every((demand) => meets(labels, demand)))) &&
    (named.length === 0 || named.some(({ values }) => values?.includes(node.metadata.name) === true))
  );
}

/** Nodes that come into question whatever is free on them: open, with the labels that are asked for and no taint that the pod does not tolerate. */
export function candidateNodes(spec: PodSpec, nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => node.spec?.unschedulable !== true && labelsFit(spec, node) && untolerated(spec, node).length === 0);
}

export function meets(labels: Labels, demand: LabelDemand): boolean {
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
