import { refKey, refTo, type Topology, type TopologyEdge, type TopologyNode } from '@quarterdeck/contract';
import { worstState } from './issue-marks.ts';

type Drawn = Pick<Topology, 'nodes' | 'edges'>;

const unwell: readonly TopologyNode['state'][] = ['missing', 'critical', 'high', 'medium'];

/** One node a namespace, as unwell as the worst in it; the edges between namespaces are counted. The worst namespaces stay where there are too many. */
export function groupByNamespace({ nodes, edges }: Drawn, limit: number): Drawn & { leftOut: string[] } {
  const byNamespace = Map.groupBy(nodes, ({ object }) => object.namespace ?? '');
  const groups = [...byNamespace].map(([name, members]) => groupNode(name, members));
  const kept = groups
    .toSorted((one, other) => unwellIn(byNamespace, other) - unwellIn(byNamespace, one) || one.object.name.localeCompare(other.object.name))
    .slice(0, limit);
  const leftOut = groups.length > kept.length ? [`${groups.length - kept.length} of ${groups.length} namespaces, the healthier ones first.`] : [];
  return { nodes: kept, edges: edgesBetween(nodes, edges, new Set(kept.map(({ id }) => id))), leftOut };
}

function groupNode(name: string, members: readonly TopologyNode[]): TopologyNode {
  const object = refTo('Namespace', null, name === '' ? '(no namespace)' : name);
  const ill = members.filter(({ state }) => unwell.includes(state));
  const cause = members.find(({ issue }) => issue?.cause === true)?.issue ?? members.find(({ issue }) => issue !== null)?.issue ?? null;
  return {
    id: refKey(object),
    object,
    role: 'group',
    exists: true,
    state: worstState(members.map(({ state }) => state)),
    stateText: ill.length === 0 ? '' : `${ill.length} unwell`,
    pods: null,
    members: members.length,
    issue: cause,
    note: null,
  };
}

function unwellIn(byNamespace: ReadonlyMap<string, readonly TopologyNode[]>, { object }: TopologyNode): number {
  return (byNamespace.get(object.name) ?? []).filter(({ state }) => unwell.includes(state)).length;
}

function edgesBetween(nodes: readonly TopologyNode[], edges: readonly TopologyEdge[], kept: ReadonlySet<string>): TopologyEdge[] {
  const groupOf = new Map(nodes.map(({ id, object }) => [id, refKey(refTo('Namespace', null, object.namespace ?? ''))]));
  const merged = new Map<string, TopologyEdge>();
  for (const edge of edges) {
    const [from, to] = [groupOf.get(edge.from), groupOf.get(edge.to)];
    if (from === undefined || to === undefined || from === to || !kept.has(from) || !kept.has(to)) continue;
    const id = `${from}>${edge.type}>${to}`;
    const before = merged.get(id);
    if (before === undefined) merged.set(id, { ...edge, id, from, to, label: '' });
    else
      merged.set(
        id,
        before.state === 'ok' ? { ...before, count: before.count + 1, state: edge.state, reason: edge.reason } : { ...before, count: before.count + 1 },
      );
  }
  return [...merged.values()];
}
