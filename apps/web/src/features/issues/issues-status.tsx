import { useLiveState } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { Clock } from '../../ui/time.tsx';
import { CoverageList } from './coverage-list.tsx';
import { useIssuesFeed } from './issues-feed.tsx';

/** One quiet line under the list: when it was checked, and what could not be seen. */
export function IssuesStatus() {
  const { state } = useIssuesFeed();
  const messages = useMessages().issues;
  const socket = useLiveState();
  if (state === null) return null;
  return (
    <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-2 border-t px-3 py-1 text-soft text-xs">
      {state.checkedAt === null ? (
        <span>{messages.firstCheck}</span>
      ) : socket === 'open' ? (
        <span>
          {messages.lastCheck} <Clock at={state.checkedAt} />
        </span>
      ) : (
        <span>
          {messages.asOf} <Clock at={state.checkedAt} />, {messages.reconnecting}
        </span>
      )}
      {!state.coverage.complete && (
        <>
          <span aria-hidden="true">·</span>
          <CoverageList coverage={state.coverage} />
        </>
      )}
    </footer>
  );
}
