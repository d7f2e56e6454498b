import type { Topology } from '@quarterdeck/contract';
import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import { cardSize, type Places } from './place-nodes.ts';

export interface LayoutEngine {
  /** Where each node would stand best, if nothing stood yet. Rejects where the engine can't run. */
  layout(drawn: Pick<Topology, 'nodes' | 'edges'>, vertical: boolean): Promise<Places>;
  close(): void;
}

const layered = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '112',
  'elk.spacing.nodeNode': '20',
  'elk.spacing.componentComponent': '28',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.aspectRatio': '1.6',
  // Room for the title of the namespace.
  'elk.padding': '[top=36,left=16,bottom=16,right=16]',
};

/** For a screen that is higher than wide. */
const upright = { ...layered, 'elk.direction': 'DOWN', 'elk.aspectRatio': '0.6', 'elk.layered.spacing.nodeNodeBetweenLayers': '48' };

const shelves = { 'elk.algorithm': 'rectpacking', 'elk.aspectRatio': '1.6', 'elk.spacing.nodeNode': '32' };

/** Each namespace is laid out by itself, as requests flow, and the namespaces are put beside each other. */
export function createLayoutEngine(openWorker: () => Worker): LayoutEngine {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined); // Whoever lays out is told; nobody may be doing so when it breaks.
  const elk = new ELK({
    workerFactory() {
      const worker = openWorker();
      worker.onerror = (event) => broken.reject(new Error(event.message || 'The layout worker could not be started.'));
      return worker;
    },
  });
  return {
    async layout(drawn, vertical) {
      const laidOut = await Promise.race([elk.layout(toElk(drawn, vertical)), broken.promise]);
      return placesOf(laidOut);
    },
    close: () => elk.terminateWorker(),
  };
}

function toElk({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>, vertical: boolean): ElkNode {
  const namespaceOf = new Map(nodes.map(({ id, object }) => [id, object.namespace ?? '']));
  const spaces = [...new Set(namespaceOf.values())].sort();
  const children = spaces.map((space) => ({
    id: `namespace ${space}`,
    layoutOptions: vertical ? upright : layered,
    children: nodes.filter(({ id }) => namespaceOf.get(id) === space).map(({ id }) => ({ id, ...cardSize })),
    edges: edges
      .filter(({ from, to }) => namespaceOf.get(from) === space && namespaceOf.get(to) === space)
      .map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  }));
  return { id: 'root', layoutOptions: vertical ? { ...shelves, 'elk.aspectRatio': '0.6' } : shelves, children };
}

function placesOf({ children = [] }: Pick<ElkNode, 'children'>): Places {
  const places = new Map<string, { x: number; y: number }>();
  for (const { x: left = 0, y: top = 0, children: members = [] } of children) {
    for (const { id, x = 0, y = 0 } of members) places.set(id, { x: Math.round(left + x), y: Math.round(top + y) });
  }
  return places;
}
