import { type HealthState, refLabel, type Topology, type TopologyNode } from '@quarterdeck/contract';

type Drawn = Pick<Topology, 'nodes' | 'edges'>;

const unwell: readonly HealthState[] = ['missing', 'critical', 'high', 'medium'];

export function isUnwell({ state }: Pick<TopologyNode, 'state'>): boolean {
  return unwell.includes(state);
}

/** The ids of the nodes that a text is found in; null where nothing is looked for. */
export function matching(nodes: readonly TopologyNode[], query: string): ReadonlySet<string> | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const found = nodes.filter((node) => {
    const text = `${refLabel(node.object)} ${node.stateText} ${node.note ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return new Set(found.map(({ id }) => id));
}

/** What is unwell or leads nowhere, and what hangs directly on it. */
export function troubleOnly({ nodes, edges }: Drawn): Drawn {
  const broken = edges.filter(({ state }) => state === 'broken' || state === 'blocked');
  const ill = new Set([
    ...nodes.filter((node) => isUnwell(node) || node.issue?.cause === true).map(({ id }) => id),
    ...broken.flatMap(({ from, to }) => [from, to]),
  ]);
  const shown = new Set([...ill, ...edges.flatMap(({ from, to }) => (ill.has(from) || ill.has(to) ? [from, to] : []))]);
  return { nodes: nodes.filter(({ id }) => shown.has(id)), edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)) };
}

export interface Troubles {
  unwell: number;
  broken: number;
  blocked: number;
}

export function troublesOf({ nodes, edges }: Drawn): Troubles {
  return {
    unwell: nodes.filter(isUnwell).length,
    broken: edges.filter(({ state }) => state === 'broken').length,
    blocked: edges.filter(({ state }) => state === 'blocked').length,
  };
}
