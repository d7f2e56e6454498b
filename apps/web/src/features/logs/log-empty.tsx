import type { LogSource } from '@quarterdeck/contract';
import { type Messages, useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import type { LogFacts } from './log-feed.ts';
import type { LogSubject } from './log-subject.ts';
import { useLogView } from './log-view-context.ts';

/** Why there is no line to show; null while that is for the error notice to say. */
export type NoLines =
  | 'reading'
  | 'noMatch'
  | 'noPrevious'
  | 'noPods'
  | 'cleared'
  | 'nothingSince'
  | 'nothingMore'
  | 'nothingYet'
  | { waiting: readonly LogSource[] }
  | null;

export function whyNoLines(facts: LogFacts, subject: LogSubject, loaded: number): NoLines {
  const filters = subject.include.length + subject.exclude.length + subject.severities.length > 0;
  if (!facts.answered) return 'reading';
  if (facts.errors.length > 0) return subject.previous ? 'noPrevious' : null;
  if (filters && (loaded > 0 || facts.read > 0)) return 'noMatch';
  if (facts.read > 0) return 'cleared';
  if (facts.sources.length === 0) return 'noPods';
  const waiting = facts.sources.filter(({ state, reason }) => state === 'waiting' && reason !== null);
  if (waiting.length === facts.sources.length) return { waiting };
  if (subject.at === null && /^\d+(m|h)$/.test(subject.from)) return 'nothingSince';
  return facts.sources.every(({ state }) => state === 'ended') ? 'nothingMore' : 'nothingYet';
}

/** Stands in place of the lines: each reason has its words and its next step. */
export function LogEmpty() {
  const { facts, subject, loaded, change } = useLogView();
  const { empty, filter } = useMessages().logs;
  const why = whyNoLines(facts, subject, loaded.length);
  if (why === null) return <div className="min-h-0 grow bg-surface" />;
  if (why === 'reading') {
    return (
      <div role="status" className="min-h-0 grow bg-surface p-3">
        <span className="sr-only">{empty.reading}</span>
        <SkeletonLines widths={['62%', '48%', '71%', '55%', '66%', '40%']} />
      </div>
    );
  }
  return (
    <div className="min-h-0 grow overflow-auto bg-surface">
      {typeof why === 'object' ? (
        <NotStarted waiting={why.waiting} empty={empty} />
      ) : (
        <Empty title={empty[why]}>
          {why === 'noMatch' && (
            <>
              <p>
                {empty.noMatchOf(facts.read)} {subject.from === 'all' ? '' : empty.noMatchTail}
              </p>
              <TextButton onClick={() => change({ include: [], exclude: [], severities: [] })}>{filter.clear}</TextButton>
            </>
          )}
          {why === 'noPrevious' && (
            <>
              <p>{empty.noPreviousHint}</p>
              <TextButton onClick={() => change({ previous: false })}>{empty.showCurrent}</TextButton>
            </>
          )}
          {why === 'noPods' && empty.noPodsHint}
          {why === 'nothingSince' && <TextButton onClick={() => change({ from: 'all' })}>{empty.readAll}</TextButton>}
        </Empty>
      )}
    </div>
  );
}

const mostReasons = 5;

/** What keeps containers from starting, in the cluster's own words. */
function NotStarted({ waiting, empty }: { waiting: readonly LogSource[]; empty: Messages['logs']['empty'] }) {
  const [first] = waiting;
  if (first === undefined) return null;
  return (
    <Empty title={empty.notStarted(`${first.pod}/${first.container}`)}>
      <ul>
        {waiting.slice(0, mostReasons).map(({ pod, container, reason }) => (
          <li key={`${pod}/${container}`} className="break-words">
            {waiting.length > 1 && <span className="font-mono text-code">{pod} </span>}
            {reason}
          </li>
        ))}
      </ul>
      <p className="mt-1">{empty.waitsFor}</p>
    </Empty>
  );
}
