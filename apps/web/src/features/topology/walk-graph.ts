import type { Topology } from '@quarterdeck/contract';
import type { Places } from './layout/place-nodes.ts';

export type Direction = 'in' | 'out' | 'up' | 'down';

/**
 * Where an arrow key leads from a node: along an edge to what it leads to (`out`) or who leads to it (`in`), or to the
 * next one above or below. Null where there is nothing.
 */
export function walk({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>, places: Places, from: string | null, direction: Direction): string | null {
  const here = from === null ? undefined : places.get(from);
  if (from === null || here === undefined) return first(nodes, places);
  if (direction === 'in' || direction === 'out') {
    const ends = edges.flatMap((edge) => (direction === 'out' && edge.from === from ? [edge.to] : direction === 'in' && edge.to === from ? [edge.from] : []));
    return nearest(ends, places, (place) => Math.abs(place.y - here.y));
  }
  const sign = direction === 'down' ? 1 : -1;
  const beyond = nodes.map(({ id }) => id).filter((id) => id !== from && sign * ((places.get(id)?.y ?? here.y) - here.y) > 0);
  return nearest(beyond, places, (place) => Math.abs(place.y - here.y) + 2 * Math.abs(place.x - here.x));
}

/** What is the cause of an issue, else where requests come in; the one at the top left. */
function first(nodes: Topology['nodes'], places: Places): string | null {
  const causes = nodes.filter(({ issue }) => issue?.cause === true);
  const entries = nodes.filter(({ role }) => role === 'entry');
  const begin = [causes, entries, nodes].find((some) => some.length > 0) ?? [];
  return nearest(
    begin.map(({ id }) => id),
    places,
    ({ x, y }) => x + y,
  );
}

function nearest(ids: readonly string[], places: Places, distance: (place: { x: number; y: number }) => number): string | null {
  let best: { id: string; at: number } | null = null;
  for (const id of ids) {
    const place = places.get(id);
    if (place === undefined) continue;
    const at = distance(place);
    if (best === null || at < best.at) best = { id, at };
  }
  return best?.id ?? null;
}
