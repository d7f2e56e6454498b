import { useDeferredValue, useMemo, useState } from 'react';
import type { LogLine } from './log-line.ts';
import { findText } from './select-lines.ts';

export interface Find {
  text: string;
  setText(text: string): void;
  /** Indices of the lines that match. */
  matches: readonly number[];
  /** Which of the matches the cursor is on, from 1; 0 where it is on none. */
  current(cursor: number): number;
  /** The next match after the cursor, or before it; from the other end again at the end. -1 where nothing matches. */
  from(cursor: number, forward: boolean): number;
}

/** Finds a text in the lines that are loaded. */
export function useFind(lines: readonly LogLine[]): Find {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const drawn = useMemo(() => findText(lines, wanted), [lines, wanted]);
  return {
    text,
    setText,
    matches: drawn,
    current: (cursor) => drawn.indexOf(cursor) + 1,
    from(cursor, forward) {
      // Who types and presses Enter at once does not wait for what is drawn later.
      const matches = text === wanted ? drawn : findText(lines, text);
      const next = forward ? matches.find((index) => index > cursor) : matches.findLast((index) => cursor < 0 || index < cursor);
      return next ?? (forward ? matches[0] : matches.at(-1)) ?? -1;
    },
  };
}
