import type { Topology, TopologyEdge, TopologyEdgeState } from '@quarterdeck/contract';
import { type Edge, MarkerType } from '@xyflow/react';
import { cardSize, namespaceFrames, type Places } from './layout/place-nodes.ts';
import type { CardNode, FrameNode } from './topology-card.tsx';

/** With more lines than this, only those that say something carry their text. */
const mostLabels = 80;
/** What fits between two cards. */
const mostCharacters = 18;

/** Colour, dashes and sign say the same, for whoever sees only one of them. */
export const edgeLooks: Record<TopologyEdgeState, { stroke: string; dash: string; sign: string }> = {
  ok: { stroke: 'var(--line-strong)', dash: '', sign: '' },
  pending: { stroke: 'var(--pending)', dash: '', sign: '◔' },
  idle: { stroke: 'var(--line-strong)', dash: '2 5', sign: '' },
  broken: { stroke: 'var(--critical)', dash: '7 4', sign: '✕' },
  blocked: { stroke: 'var(--medium)', dash: '2 3', sign: '⊘' },
};

export interface MapMarks {
  /** What the keys are about. */
  active: string | null;
  found: ReadonlySet<string> | null;
  /** Whether requests go down instead of to the right. */
  vertical: boolean;
}

/** The cards that have a place, above the frames of their namespaces. */
export function mapNodes({ nodes }: Pick<Topology, 'nodes'>, places: Places, { active, found, vertical }: MapMarks): (CardNode | FrameNode)[] {
  const still = { draggable: false, selectable: false, focusable: false, connectable: false } as const;
  const frames = namespaceFrames(nodes, places).map(
    ({ namespace, x, y, width, height }): FrameNode => ({
      ...still,
      id: `namespace ${namespace}`,
      type: 'frame',
      position: { x, y },
      width,
      height,
      zIndex: -1,
      data: { namespace },
      ariaRole: 'presentation',
    }),
  );
  const cards = nodes.flatMap((node): CardNode[] => {
    const position = places.get(node.id);
    if (position === undefined) return [];
    return [
      { ...still, ...cardSize, id: node.id, type: 'card', position, data: { node, vertical, active: node.id === active, found: found?.has(node.id) === true } },
    ];
  });
  return [...frames, ...cards];
}

export function mapEdges({ edges }: Pick<Topology, 'edges'>, active: string | null): Edge[] {
  const quiet = edges.length > mostLabels;
  return edges.map((edge) => {
    const near = active !== null && [edge.from, edge.to, edge.id].includes(active);
    const text = quiet && !near && edge.state === 'ok' ? '' : labelOf(edge);
    return { id: edge.id, source: edge.from, target: edge.to, focusable: false, ...lineOf(edge, near), ...(text === '' ? {} : labelled(text)) };
  });
}

/** Lines that no request goes along are thin, and have no end. */
const aside: readonly TopologyEdge['type'][] = ['guards', 'uses', 'owns'];

/** What is chosen stands out, without losing what its line says. */
function lineOf({ state, type }: Pick<TopologyEdge, 'state' | 'type'>, near: boolean): Pick<Edge, 'style' | 'markerEnd'> {
  const { stroke, dash } = edgeLooks[state];
  const isAside = aside.includes(type) && state === 'ok';
  const calm = isAside ? 'var(--text-soft)' : stroke;
  const colour = near && state === 'ok' ? 'var(--accent)' : calm;
  const strokeWidth = near ? 2 : state === 'ok' ? 1.2 : 1.8;
  const strokeDasharray = isAside ? '1 3' : dash;
  return {
    style: { stroke: colour, strokeWidth, ...(strokeDasharray === '' ? {} : { strokeDasharray }) },
    ...(isAside ? {} : { markerEnd: { type: MarkerType.ArrowClosed, color: colour, width: 14, height: 14 } }),
  };
}

function labelOf({ label, state, count, type }: TopologyEdge): string {
  const sign = edgeLooks[state].sign;
  const text = count > 1 ? `${count}` : type === 'selects' && sign === '' ? '' : label;
  return [sign, text].filter((part) => part !== '').join(' ');
}

function labelled(label: string): Partial<Edge> {
  return {
    label: label.length > mostCharacters ? `${label.slice(0, mostCharacters - 1)}…` : label,
    labelStyle: { fill: 'var(--text-soft)', fontSize: 11 },
    labelBgStyle: { fill: 'var(--canvas)' },
    labelBgPadding: [4, 2],
    labelBgBorderRadius: 4,
  };
}
