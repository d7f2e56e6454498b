import * as z from 'zod';

/** One terminal of a split. */
export const paneSchema = z.object({
  id: z.string(),
  /** The session that it shows; null until one was started for it. */
  session: z.string().nullable(),
  /** How a session is started for it. */
  start: z.object({ shell: z.string().optional(), cwd: z.string().optional(), env: z.record(z.string(), z.string()).optional() }),
});
export type Pane = z.infer<typeof paneSchema>;
export type PaneStart = Pane['start'];

export interface Split {
  direction: 'row' | 'column';
  /** At least two, with the share that each has of the whole; the shares add up to 1. */
  parts: readonly { share: number; node: PaneNode }[];
}
export type PaneNode = { pane: Pane } | { split: Split };

const nodeSchema: z.ZodType<PaneNode> = z.lazy(() =>
  z.union([
    z.object({ pane: paneSchema }),
    z.object({
      split: z.object({
        direction: z.enum(['row', 'column']),
        parts: z
          .array(z.object({ share: z.number().positive().max(1), node: nodeSchema }))
          .min(2)
          .max(16),
      }),
    }),
  ]),
);

/** How the panes of a tab stand beside each other; kept over a reload. */
export const paneLayoutSchema = z.object({
  root: nodeSchema,
  /** The pane that has, or had last, the keyboard. */
  active: z.string(),
  /** The pane that covers the others for now. */
  zoomed: z.string().nullable(),
});
export type PaneLayout = z.infer<typeof paneLayoutSchema>;

/** The least share that dragging leaves to a pane. */
const leastShare = 0.08;

export function newLayout(id: string, start: PaneStart = {}, session: string | null = null): PaneLayout {
  return { root: { pane: { id, session, start } }, active: id, zoomed: null };
}

/** In reading order. */
export function panesOf(node: PaneNode): Pane[] {
  return 'pane' in node ? [node.pane] : node.split.parts.flatMap((part) => panesOf(part.node));
}

export function paneOf({ root }: PaneLayout, id: string): Pane | undefined {
  return panesOf(root).find((pane) => pane.id === id);
}

export function withPane(layout: PaneLayout, id: string, change: Partial<Pane>): PaneLayout {
  return { ...layout, root: mapPane(layout.root, id, (pane) => ({ pane: { ...pane, ...change } })) };
}

/** A new pane after `id`, which gives it half of its place; it gets the keyboard. */
export function withSplit(layout: PaneLayout, id: string, direction: Split['direction'], added: Pane): PaneLayout {
  if (paneOf(layout, id) === undefined) return layout;
  const root = mapPane(layout.root, id, (pane) => ({
    split: {
      direction,
      parts: [
        { share: 0.5, node: { pane } },
        { share: 0.5, node: { pane: added } },
      ],
    },
  }));
  return { root: flatten(root), active: added.id, zoomed: null };
}

/** Null when it was the last one. Its neighbours take its place. */
export function withoutPane(layout: PaneLayout, id: string): PaneLayout | null {
  const before = panesOf(layout.root);
  const index = before.findIndex((pane) => pane.id === id);
  if (index < 0) return layout;
  const root = prune(layout.root, id);
  if (root === null) return null;
  const neighbour = before[index + 1] ?? before[index - 1];
  return {
    root: flatten(root),
    active: layout.active === id ? (neighbour?.id ?? layout.active) : layout.active,
    zoomed: layout.zoomed === id ? null : layout.zoomed,
  };
}

/** Two panes change places, with what runs in them. */
export function withSwapped(layout: PaneLayout, one: string, other: string): PaneLayout {
  const [first, second] = [paneOf(layout, one), paneOf(layout, other)];
  if (first === undefined || second === undefined || one === other) return layout;
  const swap = (node: PaneNode): PaneNode => {
    if ('split' in node) return { split: { ...node.split, parts: node.split.parts.map((part) => ({ ...part, node: swap(part.node) })) } };
    if (node.pane.id === one) return { pane: second };
    return node.pane.id === other ? { pane: first } : node;
  };
  return { ...layout, root: swap(layout.root) };
}

/** The pane `steps` further in reading order, around the ends. */
export function neighbourOf({ root, active }: PaneLayout, steps: number): string {
  const panes = panesOf(root);
  const index = panes.findIndex(({ id }) => id === active);
  return panes[(index + steps + panes.length) % panes.length]?.id ?? active;
}

/**
 * Moves the border after part `index` of the split at `path` (the indices that lead to it from the root) so that the part
 * before it has `share` more of the whole; neither side gets less than a pane needs.
 */
export function withBorderMoved(layout: PaneLayout, path: readonly number[], index: number, share: number): PaneLayout {
  const move = (node: PaneNode, rest: readonly number[]): PaneNode => {
    if (!('split' in node)) return node;
    const [step, ...further] = rest;
    const { parts } = node.split;
    if (step !== undefined)
      return { split: { ...node.split, parts: parts.map((part, at) => (at === step ? { ...part, node: move(part.node, further) } : part)) } };
    const [before, after] = [parts[index], parts[index + 1]];
    if (before === undefined || after === undefined) return node;
    const moved = Math.max(leastShare - before.share, Math.min(after.share - leastShare, share));
    const shareOf = (at: number, now: number) => (at === index ? now + moved : at === index + 1 ? now - moved : now);
    return { split: { ...node.split, parts: parts.map((part, at) => ({ ...part, share: shareOf(at, part.share) })) } };
  };
  return { ...layout, root: move(layout.root, path) };
}

function mapPane(node: PaneNode, id: string, change: (pane: Pane) => PaneNode): PaneNode {
  if ('pane' in node) return node.pane.id === id ? change(node.pane) : node;
  return { split: { ...node.split, parts: node.split.parts.map((part) => ({ ...part, node: mapPane(part.node, id, change) })) } };
}

/** The node without a pane; what is left of a split shares its place as before. */
function prune(node: PaneNode, id: string): PaneNode | null {
  if ('pane' in node) return node.pane.id === id ? null : node;
  const left = node.split.parts.flatMap((part) => {
    const pruned = prune(part.node, id);
    return pruned === null ? [] : [{ ...part, node: pruned }];
  });
  const total = left.reduce((sum, { share }) => sum + share, 0);
  const [only] = left;
  if (only === undefined) return null;
  return left.length === 1 ? only.node : { split: { ...node.split, parts: left.map((part) => ({ ...part, share: part.share / total })) } };
}

/** A split in a split of the same direction is one split. */
function flatten(node: PaneNode): PaneNode {
  if ('pane' in node) return node;
  const parts = node.split.parts.flatMap((part) => {
    const inner = flatten(part.node);
    return 'split' in inner && inner.split.direction === node.split.direction
      ? inner.split.parts.map((each) => ({ share: each.share * part.share, node: each.node }))
      : [{ ...part, node: inner }];
  });
  return { split: { ...node.split, parts } };
}
