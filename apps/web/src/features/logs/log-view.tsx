import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FilterBar } from './filter-bar.tsx';
import { HistorySearch } from './history-search.tsx';
import { LogEmpty } from './log-empty.tsx';
import { LogList } from './log-list.tsx';
import { LogProblem } from './log-problem.tsx';
import { LogStatus } from './log-status.tsx';
import type { LogSubject } from './log-subject.ts';
import { subjectName } from './log-subject-name.ts';
import { LogToolbar } from './log-toolbar.tsx';
import { LogViewContext, type LogView as LogViewValue } from './log-view-context.ts';
import { findPlace, selectLines } from './select-lines.ts';
import { SourceNames } from './source-names.ts';
import { useFind } from './use-find.ts';
import { useLineActions } from './use-line-actions.ts';
import { useLineCursor } from './use-line-cursor.ts';
import { useLogCommands } from './use-log-commands.ts';
import { useLogExport } from './use-log-export.ts';
import { useLogFeed } from './use-log-feed.ts';
import { useLogScroll } from './use-log-scroll.ts';
import { toggled, useMarks } from './use-marks.ts';

interface LogViewProps {
  subject: LogSubject;
  cluster: string;
  onChange(subject: LogSubject): void;
  /** Whether it is on screen: a panel may live behind another one. */
  visible?: boolean;
  /** Takes the focus when it opens, so that its keys work at once. */
  takesFocus?: boolean;
  /** On a page of its own. */
  page?: boolean;
  lead?: ReactNode;
  places?: ReactNode;
}

/** The log of pods and workloads, the same in the dock, beside an object and on its own page. */
export function LogView({ subject, cluster, onChange, visible = true, takesFocus = false, page = false, lead, places }: LogViewProps) {
  const messages = useMessages();
  const root = useRef<HTMLElement>(null);
  const view = useLogViewValue({ subject, cluster, onChange, visible });
  const { lines, cursor, scroll, find } = view;
  const download = useLogExport(subject, cluster);
  const go = (forward: boolean) => {
    const index = find.from(cursor.index, forward);
    if (index < 0) return;
    cursor.to(index);
    scroll.show(index);
  };
  useLogCommands(view, { root, page, visible, go });
  usePlace(view);
  useEffect(() => {
    if (takesFocus) root.current?.focus();
  }, [takesFocus]);
  const label = messages.logs.label(subjectName(subject, messages));
  return (
    <LogViewContext value={view}>
      <section ref={root} tabIndex={-1} aria-label={label} className="flex h-full min-h-0 min-w-0 grow flex-col outline-none">
        <LogToolbar lead={lead} places={places} download={download} onFind={go} />
        <FilterBar />
        {view.history && <HistorySearch />}
        {download.error !== null && (
          <div className="shrink-0 p-2">
            <ErrorNotice what={messages.logs.toolbar.exportFailed} error={download.error} />
          </div>
        )}
        <LogProblem />
        {lines.length === 0 ? <LogEmpty /> : <LogList label={label} />}
        <LogStatus />
      </section>
    </LogViewContext>
  );
}

function useLogViewValue({ subject, cluster, onChange, visible }: Required<Pick<LogViewProps, 'subject' | 'cluster' | 'onChange' | 'visible'>>): LogViewValue {
  const { lines: loaded, counts, facts, clear, retry } = useLogFeed(subject, cluster);
  const { severities, context } = subject;
  const lines = useMemo(() => selectLines(loaded, { severities, context }), [loaded, severities, context]);
  const [sourceNames] = useState(() => new SourceNames());
  const names = useMemo(() => new Map(sourceNames.of(facts.sources)), [sourceNames, facts.sources]);
  const cursor = useLineCursor(lines);
  const scroll = useLogScroll({ lines, visible, follows: subject.at === null });
  const find = useFind(lines);
  const marks = useMarks(lines);
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(() => new Set());
  const [history, setHistory] = useState(false);
  const change = useCallback((next: Partial<LogSubject>) => onChange({ ...subject, ...next }), [onChange, subject]);
  const toggleExpanded = useCallback((id: number) => setExpanded((before) => toggled(before, id)), []);
  const actions = useLineActions({ subject, change, marks, toggleExpanded });
  return {
    ...{ subject, cluster, change, loaded, lines, counts, facts, clear, retry },
    ...{ names, cursor, scroll, find, marks, expanded, actions, history, setHistory },
  };
}

/** Goes to the line that the view was opened at, once it is there; and to the end when the view is of the latest again. */
function usePlace({ subject, lines, cursor, scroll }: LogViewValue): void {
  const { at } = subject;
  const key = at === null ? '' : `${at.time} ${at.text}`;
  const found = useRef('');
  useEffect(() => {
    if (at === null) {
      if (found.current !== '') scroll.follow();
      found.current = '';
      return;
    }
    if (found.current === key) return;
    const index = findPlace(lines, at);
    if (index < 0) return;
    found.current = key;
    cursor.to(index);
    scroll.show(index);
  }, [at, key, lines, cursor, scroll]);
}
