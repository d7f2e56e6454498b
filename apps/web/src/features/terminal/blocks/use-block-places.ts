import type { TerminalBlock } from '@quarterdeck/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TerminalView } from '../view/terminal-view.ts';
import type { BlockMarks } from './block-marks.ts';
import { type BlockPlace, placesInView } from './block-places.ts';

export interface BlocksInView {
  /** Those whose first line can be seen, from above. */
  seen: readonly BlockPlace[];
  /** The one whose output covers the upper edge, while its command has scrolled away. */
  sticky: TerminalBlock | null;
  /** Scrolls to the command before or after what is seen. */
  jump(backwards: boolean): void;
  /** False where it is no longer in the terminal. */
  goTo(block: TerminalBlock): boolean;
}

const nothing = { seen: [], sticky: null };

/** Where the commands of a shell stand on the screen, as it scrolls. */
export function useBlockPlaces(view: TerminalView | null, marks: BlockMarks | null, blocks: readonly TerminalBlock[] | null): BlocksInView {
  const [places, setPlaces] = useState<Pick<BlocksInView, 'seen' | 'sticky'>>(nothing);
  const latest = useRef(blocks);
  latest.current = blocks;
  const measure = useCallback(() => {
    if (view === null || marks === null || latest.current === null) return setPlaces(nothing);
    marks.locate(latest.current);
    const next = placesInView(latest.current, (block) => marks.linesOf(block), view.lines);
    setPlaces((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
  }, [view, marks]);
  useEffect(() => view?.onLayout(measure), [view, measure]);
  useEffect(() => {
    if (blocks !== null) measure();
  }, [blocks, measure]);
  return useMemo(() => {
    const goTo = (block: TerminalBlock) => {
      const lines = marks?.linesOf(block) ?? null;
      if (lines === null || view === null) return false;
      view.terminal.scrollToLine(lines.first);
      return true;
    };
    const jump = (backwards: boolean) => {
      if (view === null || marks === null) return;
      const { top } = view.lines;
      const first = (block: TerminalBlock) => marks.linesOf(block)?.first ?? -1;
      const all = (latest.current ?? []).filter((block) => first(block) >= 0);
      const next = backwards ? all.findLast((block) => first(block) < top) : all.find((block) => first(block) > top);
      if (next !== undefined) goTo(next);
      else if (!backwards) view.terminal.scrollToBottom();
    };
    return { ...places, goTo, jump };
  }, [places, view, marks]);
}
