import type { TerminalBlock } from '@quarterdeck/contract';
import type { BlockLines } from './block-marks.ts';

/** Of what a terminal shows of its lines. */
export interface LinesInView {
  /** The first one that is seen. */
  top: number;
  rows: number;
  /** The line that the cursor is on. */
  cursor: number;
  /** Pixels of one. */
  height: number;
  /** A program has the whole screen: there are no commands on it. */
  alternate: boolean;
}

export interface BlockPlace {
  block: TerminalBlock;
  /** Of the first line, from the upper edge. Pixels. */
  top: number;
  height: number;
}

/** Which commands are seen where, and which one the upper edge cuts. */
export function placesInView(
  blocks: readonly TerminalBlock[],
  linesOf: (block: TerminalBlock) => BlockLines | null,
  { top, rows, cursor, height, alternate }: LinesInView,
): { seen: BlockPlace[]; sticky: TerminalBlock | null } {
  const seen: BlockPlace[] = [];
  let sticky: TerminalBlock | null = null;
  if (alternate) return { seen, sticky };
  for (const block of blocks) {
    const lines = linesOf(block);
    if (lines === null) continue;
    const { first, last } = lines;
    if (first >= top && first < top + rows) seen.push({ block, top: (first - top) * height, height });
    if (first < top && (last ?? cursor) > top) sticky = block;
  }
  return { seen, sticky };
}
