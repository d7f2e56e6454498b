import { useMemo, useState } from 'react';
import type { LogLine } from './log-line.ts';

export interface LineCursor {
  /** The line that keys are about; -1 where there is none. */
  index: number;
  /** The lines that are selected with it. */
  first: number;
  last: number;
  to(index: number, extend?: boolean): void;
  clear(): void;
}

/** The cursor and the selection stay on their lines, by id, as others come and go. */
export function useLineCursor(lines: readonly LogLine[]): LineCursor {
  const [at, setAt] = useState<{ id: number; anchor: number } | null>(null);
  return useMemo(() => {
    const locate = (id: number | undefined) => (id === undefined ? -1 : lines.findIndex((line) => line.id === id));
    const index = locate(at?.id);
    const anchor = at === null || at.anchor === at.id ? index : locate(at.anchor);
    const other = anchor < 0 ? index : anchor;
    return {
      index,
      first: Math.min(index, other),
      last: Math.max(index, other),
      to(target, extend = false) {
        const line = lines[Math.max(0, Math.min(lines.length - 1, target))];
        if (line !== undefined) setAt((before) => ({ id: line.id, anchor: extend && before !== null ? before.anchor : line.id }));
      },
      clear: () => setAt(null),
    };
  }, [lines, at]);
}
