import { type LogSearch, logRoutes } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LineText } from './line-text.tsx';
import { LineTime } from './line-time.tsx';
import { type LogSubject, subjectAround } from './log-subject.ts';
import { useLogView } from './log-view-context.ts';

const around = 2;
const mostShown = 200;

/** Looks through all that the nodes still have, and opens the log where something was found. */
export function HistorySearch() {
  const { subject, cluster, change, setHistory } = useLogView();
  const messages = useMessages();
  const { history } = messages.logs;
  const [expression, setExpression] = useState(subject.include[0] ?? '');
  const search = useHistorySearch(subject, cluster);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (expression !== '') search.mutate(expression);
  };
  return (
    <section aria-label={history.label} className="flex max-h-[45%] min-h-0 shrink-0 flex-col border-line border-b bg-canvas">
      <form onSubmit={submit} className="flex shrink-0 flex-wrap items-center gap-2 px-2 py-1">
        <input
          ref={input}
          value={expression}
          aria-label={history.label}
          placeholder={history.placeholder}
          title={history.hint}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setExpression(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setHistory(false);
          }}
          className="h-7 min-w-0 max-w-96 grow basis-40 rounded border border-line bg-surface px-2 font-mono text-code placeholder:font-sans"
        />
        <Button type="submit" disabled={expression === '' || search.isPending}>
          {search.isPending ? `${history.searching}…` : history.search}
        </Button>
        <span role="status" className="min-w-0 grow text-soft text-xs">
          {search.data === undefined ? history.hint : search.data.matches === 0 ? history.none : history.found(search.data.matches, search.data.linesRead)}
        </span>
        <Button look="icon" aria-label={messages.common.close} title={messages.common.close} onClick={() => setHistory(false)}>
          <X />
        </Button>
      </form>
      {search.error !== null && (
        <div className="p-2">
          <ErrorNotice what={history.failed} error={search.error} />
        </div>
      )}
      {search.data !== undefined && <Found found={search.data} onOpen={(time, text) => change(subjectAround(subject, { time, text }))} />}
    </section>
  );
}

function useHistorySearch(subject: LogSubject, cluster: string) {
  const { api } = useServices();
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  return useMutation({
    mutationFn: async (expression: string): Promise<LogSearch> => {
      running.current?.abort();
      const calling = new AbortController();
      running.current = calling;
      const choices = typeof subject.containers === 'string' ? [{ containers: subject.containers }] : subject.containers.map((container) => ({ container }));
      const calls = subject.targets.flatMap((target) =>
        choices.map((choice) =>
          api.call(logRoutes.searchLogs, { cluster, ...target, ...choice, include: expression, before: around, after: around }, { signal: calling.signal }),
        ),
      );
      return together(await Promise.all(calls));
    },
  });
}

/** The findings of several searches, in the order of time. */
export function together(searches: readonly LogSearch[]): LogSearch {
  const sum = (part: 'matches' | 'linesRead' | 'bytesRead') => searches.reduce((total, search) => total + search[part], 0);
  const entries = searches.flatMap((search) => search.entries);
  return {
    entries: searches.length > 1 ? entries.toSorted((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time))) : entries,
    matches: sum('matches'),
    linesRead: sum('linesRead'),
    bytesRead: sum('bytesRead'),
    unread: searches.flatMap((search) => search.unread),
  };
}

function Found({ found, onOpen }: { found: LogSearch; onOpen(time: string, text: string): void }) {
  const { subject } = useLogView();
  const { history } = useMessages().logs;
  const form = subject.time === 'off' ? 'local' : subject.time;
  return (
    <div className="min-h-0 overflow-auto border-line border-t bg-surface font-mono text-code">
      {found.unread.length > 0 && (
        <p className="px-3 py-1 font-sans text-soft text-xs">
          {history.unread}: {found.unread.join(' ')}
        </p>
      )}
      <ul>
        {found.entries
          .slice(0, mostShown)
          .map((entry, at) => ({ entry, at }))
          .map(({ entry, at }) => (
            <li key={at} className={entry.context === true ? 'px-3 text-soft' : ''}>
              {entry.context === true ? (
                <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{entry.text}</span>
              ) : (
                <button
                  type="button"
                  title={history.openAt}
                  onClick={() => onOpen(entry.time, entry.text)}
                  className="flex w-full items-start gap-3 px-3 text-left outline-offset-[-2px] hover:bg-hover"
                >
                  <span className="shrink-0 text-soft">
                    <LineTime time={entry.time} form={form} />
                  </span>
                  <span className="shrink-0 text-soft">{entry.pod}</span>
                  <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">
                    <LineText text={entry.text} coloured={null} find="" />
                  </span>
                </button>
              )}
            </li>
          ))}
      </ul>
    </div>
  );
}
