import { useVirtualizer, type ReactVirtualizer as Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LogLine } from './log-line.ts';

/** Pixels of a line that is not wrapped. */
export const lineHeight = 18;
/** So near to the end counts as at it. Pixels. */
const nearEnd = 24;

export interface LogScroll {
  scroller: RefObject<HTMLDivElement | null>;
  virtualizer: Virtualizer<HTMLDivElement, HTMLTableRowElement>;
  /** Whether the view stays at the end as lines come. */
  following: boolean;
  /** Lines that came since it does not. */
  newer: number;
  onScroll(): void;
  follow(): void;
  stay(): void;
  show(index: number): void;
}

interface Options {
  lines: readonly LogLine[];
  visible: boolean;
  follows: boolean;
}

/** Where the list stands: at the end until somebody scrolls up, then still on the line that they read. */
export function useLogScroll({ lines, visible, follows }: Options): LogScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(follows);
  const [leftAt, setLeftAt] = useState(0);
  const top = useRef(0);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => lines[index]?.id ?? index, [lines]),
    estimateSize: () => lineHeight,
    overscan: 12,
    anchorTo: 'end',
    followOnAppend: following,
    scrollEndThreshold: nearEnd,
  });
  const newest = lines.at(-1)?.id ?? 0;
  const leave = () => {
    setFollowing(false);
    setLeftAt(newest);
  };
  const follow = () => {
    setFollowing(true);
    virtualizer.scrollToEnd();
  };
  // What is not shown has no height: the end is looked for again when it is.
  useEffect(() => {
    if (visible && following) virtualizer.scrollToEnd();
  }, [visible, following, virtualizer]);
  const size = virtualizer.getTotalSize();
  // Lines that wrap get their height after they were put there.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (following && element !== null && size > 0) element.scrollTop = element.scrollHeight;
  }, [following, size]);
  return {
    scroller,
    virtualizer,
    following,
    newer: following ? 0 : countNewer(lines, leftAt),
    onScroll() {
      const element = scroller.current;
      if (element === null) return;
      const wentUp = element.scrollTop < top.current - 1;
      top.current = element.scrollTop;
      const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= nearEnd;
      if (following && wentUp && !atEnd) leave();
      else if (!following && atEnd && !wentUp) setFollowing(true);
    },
    follow,
    stay: leave,
    show(index) {
      if (index < 0) return;
      leave();
      virtualizer.scrollToIndex(index, { align: 'center' });
    },
  };
}

/** They are nearly always at the end. */
function countNewer(lines: readonly LogLine[], id: number): number {
  let count = 0;
  for (let index = lines.length - 1; index >= 0 && (lines[index]?.id ?? 0) > id; index -= 1) count += Number(lines[index]?.marker === null);
  return count;
}
