import type { Topology, TopologyEdge, TopologyNode } from '@quarterdeck/contract';

export interface Place {
  x: number;
  y: number;
}

export type Places = ReadonlyMap<string, Place>;

/** Pixels; every card is as large, so that nothing has to be measured before it is laid out. */
export const cardSize = { width: 216, height: 58 } as const;

const gap = 14;

/**
 * Where the nodes stand now: whoever had a place keeps it, and a new one comes as near to what it hangs together with
 * as the layout would have put it, where nobody stands yet. `best` is the layout of the whole.
 */
export function placeNodes({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>, best: Places, before: Places): Places {
  const kept = nodes.flatMap(({ id }): [string, Place][] => {
    const place = before.get(id);
    return place === undefined ? [] : [[id, place]];
  });
  if (kept.length === 0) return best;
  const places = new Map(kept);
  const lowest = Math.max(...kept.map(([, { y }]) => y)) + cardSize.height;
  for (const node of nodes) {
    const wanted = best.get(node.id);
    if (places.has(node.id) || wanted === undefined) continue;
    const anchor = anchorOf(node, nodes, edges, places);
    places.set(node.id, free(anchor === null ? { x: wanted.x, y: lowest + 60 } : shifted(wanted, best.get(anchor), places.get(anchor)), places));
  }
  return places;
}

/** Something that stands already: what it is connected with, else anything of its namespace. */
function anchorOf(node: TopologyNode, nodes: readonly TopologyNode[], edges: readonly TopologyEdge[], places: Places): string | null {
  const connected = edges.flatMap(({ from, to }) => (from === node.id ? [to] : to === node.id ? [from] : [])).find((id) => places.has(id));
  return connected ?? nodes.find(({ id, object }) => places.has(id) && object.namespace === node.object.namespace)?.id ?? null;
}

function shifted(wanted: Place, anchorBest: Place | undefined, anchorNow: Place | undefined): Place {
  if (anchorBest === undefined || anchorNow === undefined) return wanted;
  return { x: wanted.x + anchorNow.x - anchorBest.x, y: wanted.y + anchorNow.y - anchorBest.y };
}

/** The next place below that nobody stands in. */
function free(wanted: Place, taken: Places): Place {
  let place = wanted;
  for (;;) {
    const { x, y } = place;
    const other = [...taken.values()].find((each) => Math.abs(each.x - x) < cardSize.width + gap && Math.abs(each.y - y) < cardSize.height + gap);
    if (other === undefined) return place;
    place = { x, y: other.y + cardSize.height + gap };
  }
}

export interface NamespaceFrame {
  namespace: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is drawn around the nodes of each namespace; nothing where there is only one. */
export function namespaceFrames(nodes: readonly TopologyNode[], places: Places): NamespaceFrame[] {
  const byNamespace = Map.groupBy(
    nodes.filter(({ id, role }) => places.has(id) && role !== 'group'),
    ({ object }) => object.namespace ?? '',
  );
  if (byNamespace.size < 2) return [];
  return [...byNamespace].map(([namespace, members]) => {
    const stands = members.flatMap(({ id }) => places.get(id) ?? []);
    const [left, top] = [Math.min(...stands.map(({ x }) => x)) - 16, Math.min(...stands.map(({ y }) => y)) - 36];
    const right = Math.max(...stands.map(({ x }) => x)) + cardSize.width + 16;
    const bottom = Math.max(...stands.map(({ y }) => y)) + cardSize.height + 16;
    return { namespace, x: left, y: top, width: right - left, height: bottom - top };
  });
}
