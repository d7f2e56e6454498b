import type { Topology } from '@quarterdeck/contract';

type Drawn = Pick<Topology, 'nodes' | 'edges'>;

/** What can be reached from a node in so many steps, in either direction; the nearest stay where it is too much. Empty where the node is not there. */
export function aroundNode({ nodes, edges }: Drawn, start: string, { steps, limit }: { steps: number; limit: number }): Drawn & { leftOut: string[] } {
  const reached = new Set(nodes.some(({ id }) => id === start) ? [start] : []);
  for (let step = 0; step < steps; step += 1) {
    for (const next of edges.flatMap(({ from, to }) => (reached.has(from) ? [to] : reached.has(to) ? [from] : [])).toSorted()) reached.add(next);
  }
  const kept = new Set([...reached].slice(0, limit));
  const leftOut = reached.size > kept.size ? [`${reached.size - kept.size} of ${reached.size} objects around it, the farther ones first.`] : [];
  return {
    nodes: nodes.filter(({ id }) => kept.has(id)),
    edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    leftOut,
  };
}
