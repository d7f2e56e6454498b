import type { PaneLayout, PaneNode, Split } from './pane-layout.ts';

/** Percent of the whole. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface BorderPlace {
  /** The split that it belongs to, as indices from the root, and the part before it. */
  path: readonly number[];
  index: number;
  direction: Split['direction'];
  place: Place;
  /** The size of the split in the direction, of which a share is a part. Percent of the whole. */
  extent: number;
  /** How much the part before it has of both. Percent. */
  share: number;
}

export interface Places {
  panes: ReadonlyMap<string, Place>;
  borders: readonly BorderPlace[];
}

const whole: Place = { left: 0, top: 0, width: 100, height: 100 };

/** Where panes and the borders between them stand. A pane that is zoomed has the whole, and there is no border. */
export function placesOf({ root, zoomed }: PaneLayout): Places {
  const panes = new Map<string, Place>();
  if (zoomed !== null) return { panes: panes.set(zoomed, whole), borders: [] };
  const borders: BorderPlace[] = [];
  place(root, whole, [], panes, borders);
  return { panes, borders };
}

function place(node: PaneNode, at: Place, path: readonly number[], panes: Map<string, Place>, borders: BorderPlace[]): void {
  if ('pane' in node) {
    panes.set(node.pane.id, at);
    return;
  }
  const { direction, parts } = node.split;
  const row = direction === 'row';
  const extent = row ? at.width : at.height;
  let begin = row ? at.left : at.top;
  for (const [index, { share, node: inner }] of parts.entries()) {
    const size = extent * share;
    place(inner, row ? { ...at, left: begin, width: size } : { ...at, top: begin, height: size }, [...path, index], panes, borders);
    begin += size;
    const next = parts[index + 1];
    if (next === undefined) continue;
    const line = row ? { ...at, left: begin, width: 0 } : { ...at, top: begin, height: 0 };
    borders.push({ path, index, direction, extent, share: (share / (share + next.share)) * 100, place: line });
  }
}

/** As CSS takes it. */
export function styleOf({ left, top, width, height }: Place): Record<'left' | 'top' | 'width' | 'height', string> {
  return { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` };
}
