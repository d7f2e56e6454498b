import { type Issue, type KubeObject, type ObjectRef, refKey, refOf, type Topology, type TopologyExtra, topologyExtras } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import { aroundNode } from './around-object.ts';
import { drawCalls } from './calls.ts';
import { drawEntries } from './entries.ts';
import { groupByNamespace } from './group-by-namespace.ts';
import { withIssues } from './issue-marks.ts';
import { drawPolicies, drawUses } from './surroundings.ts';
import { TopologyDraft } from './topology-draft.ts';
import { drawPods, drawServices, drawWorkloads } from './workloads.ts';

/** What nobody can take in at a glance, and no layout draws in a second. */
const mostNodes = 500;
const mostAround = 60;
const stepsAround = 2;

export interface TopologyScope {
  issues: readonly Issue[];
  /** Whether an object may be named at all. */
  isShown(ref: ObjectRef): boolean;
}

type Drawn = Pick<Topology, 'nodes' | 'edges' | 'grouped' | 'leftOut'>;

/** Who leads to whom in some namespaces (none: all of them), and what their workloads call elsewhere. */
export function topologyOf(view: ClusterView, query: { namespaces: readonly string[]; also: ReadonlySet<TopologyExtra> }, scope: TopologyScope): Drawn {
  const drawn = draw(view, query, scope);
  if (drawn.nodes.length <= mostNodes) return { ...drawn, grouped: false, leftOut: [] };
  const bare = query.also.size === 0 ? drawn : draw(view, { ...query, also: new Set() }, scope);
  const dropped =
    query.also.size === 0
      ? []
      : [`What was asked for besides (${[...query.also].join(', ')}): with it there are ${drawn.nodes.length} objects. Choose fewer namespaces.`];
  if (bare.nodes.length <= mostNodes) return { ...bare, grouped: false, leftOut: dropped };
  const { leftOut, ...groups } = groupByNamespace(bare, mostNodes);
  const folded = `${bare.nodes.length} objects, each in the node of its namespace: choose a namespace to see them.`;
  return { ...groups, grouped: true, leftOut: [folded, ...dropped, ...leftOut] };
}

/** What stands around one object: its workload, where it is a pod or a ReplicaSet. */
export function topologyAround(view: ClusterView, object: ObjectRef, scope: TopologyScope): Drawn {
  const namespaces = object.namespace === null ? [] : [object.namespace];
  const also = new Set(topologyExtras.filter((extra) => extra !== 'pods'));
  const drawn = draw(view, { namespaces, also }, scope);
  const start = drawn.nodes.some(({ id }) => id === refKey(object)) ? object : view.topOwner(object);
  return { ...aroundNode(drawn, refKey(start), { steps: stepsAround, limit: mostAround }), grouped: false };
}

function draw(view: ClusterView, { namespaces, also }: { namespaces: readonly string[]; also: ReadonlySet<TopologyExtra> }, scope: TopologyScope) {
  const draft = new TopologyDraft(view, scope.isShown);
  const inScope = ({ metadata }: KubeObject) => namespaces.length === 0 || namespaces.includes(metadata.namespace ?? '');
  drawEntries(draft, inScope);
  const workloads = drawWorkloads(draft, inScope);
  drawServices(draft, inScope);
  drawCalls(draft, workloads, view.list('Service').filter(inScope).map(refOf));
  if (also.has('policies')) drawPolicies(draft, inScope);
  if (also.has('pods')) drawPods(draft, workloads);
  if (also.has('config') || also.has('storage')) drawUses(draft, workloads, also);
  return { nodes: withIssues(draft.nodes(), scope.issues, view), edges: draft.edges() };
}
