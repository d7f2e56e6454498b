import { createContext, useContext } from 'react';
import type { LogFacts } from './log-feed.ts';
import type { LogLine } from './log-line.ts';
import type { SeverityCounts } from './log-lines.ts';
import type { LogSubject } from './log-subject.ts';
import type { SourceName } from './source-names.ts';
import type { Find } from './use-find.ts';
import type { LineActions } from './use-line-actions.ts';
import type { LineCursor } from './use-line-cursor.ts';
import type { LogScroll } from './use-log-scroll.ts';
import type { Marks } from './use-marks.ts';

/** What the parts of one log view share. */
export interface LogView {
  subject: LogSubject;
  cluster: string;
  change(change: Partial<LogSubject>): void;
  /** All that are loaded, and those that are shown of them. */
  loaded: readonly LogLine[];
  lines: readonly LogLine[];
  counts: SeverityCounts;
  facts: LogFacts;
  clear(): void;
  retry(): void;
  names: ReadonlyMap<string, SourceName>;
  cursor: LineCursor;
  scroll: LogScroll;
  find: Find;
  marks: Marks;
  expanded: ReadonlySet<number>;
  actions: LineActions;
  history: boolean;
  setHistory(open: boolean): void;
}

export const LogViewContext = createContext<LogView | null>(null);

export function useLogView(): LogView {
  const view = useContext(LogViewContext);
  if (view === null) throw new Error('useLogView needs a LogViewContext above it.');
  return view;
}
