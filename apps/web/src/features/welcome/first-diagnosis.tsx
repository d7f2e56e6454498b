import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { setPreferences } from '../../preferences/preferences.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { ConnectionMark } from '../clusters/connection-mark.tsx';
import { isReachable } from '../clusters/connection-state.ts';
import { useIssuesFeed } from '../issues/issues-feed.tsx';

/** How far the chosen cluster's first diagnosis is, and what came of it. */
export function FirstDiagnosis() {
  const messages = useMessages().welcome;
  const { selected } = useClusters();
  const { state, list } = useIssuesFeed();
  if (selected === null) return <p className="text-soft">{messages.chooseFirst}</p>;
  if (!isReachable(selected)) {
    return (
      <div role="status">
        <ConnectionMark state={selected.state} />
        {selected.reason !== null && <p>{selected.reason}</p>}
        {selected.remedy !== null && <p className="text-soft">{selected.remedy}</p>}
      </div>
    );
  }
  if (state === null || state.checkedAt === null) {
    return (
      <p role="status">
        <StatusMark state="pending" text={messages.checking(selected.name)} />
      </p>
    );
  }
  const [worst] = list;
  return (
    <div role="status" className="flex flex-col gap-1">
      <p>{list.length === 0 ? <StatusMark state="healthy" text={messages.nothingBroken} /> : messages.broken(list.length)}</p>
      {worst !== undefined && (
        <p className="flex items-baseline gap-2">
          <StatusMark state={worst.severity} compact />
          <Link
            to="/issues/$issueId"
            params={{ issueId: worst.id }}
            search={{}}
            onClick={() => setPreferences({ welcomed: true })}
            className="text-accent hover:underline"
          >
            {worst.title}
          </Link>
        </p>
      )}
      {!state.coverage.complete && <p className="text-soft">{messages.notAllSeen}</p>}
    </div>
  );
}
