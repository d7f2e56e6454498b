import { useMemo, useState } from 'react';
import type { LogLine } from './log-line.ts';

export interface Marks {
  ids: ReadonlySet<number>;
  toggle(id: number): void;
  /** The next marked line or word about the log, from a line on; -1 where there is none. */
  from(index: number, forward: boolean): number;
}

/** Lines that somebody marked, to come back to. */
export function useMarks(lines: readonly LogLine[]): Marks {
  const [ids, setIds] = useState<ReadonlySet<number>>(() => new Set());
  return useMemo(() => {
    const isMark = (line: LogLine) => line.marker !== null || ids.has(line.id);
    return {
      ids,
      toggle: (id) => setIds((before) => toggled(before, id)),
      from: (index, forward) =>
        forward ? lines.findIndex((line, at) => at > index && isMark(line)) : lines.findLastIndex((line, at) => (index < 0 || at < index) && isMark(line)),
    };
  }, [lines, ids]);
}

export function toggled<Item>(items: ReadonlySet<Item>, item: Item): ReadonlySet<Item> {
  const next = new Set(items);
  if (!next.delete(item)) next.add(item);
  return next;
}
