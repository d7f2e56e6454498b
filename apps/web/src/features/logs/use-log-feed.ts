import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useServices } from '../../app/services.ts';
import { type LogFacts, LogFeed } from './log-feed.ts';
import type { LogLine } from './log-line.ts';
import type { SeverityCounts } from './log-lines.ts';
import { logRequests } from './log-requests.ts';
import type { LogSubject } from './log-subject.ts';

/** Lines that a view keeps in memory. */
export const capacity = 100_000;

export interface LogFeedValue {
  lines: readonly LogLine[];
  counts: SeverityCounts;
  facts: LogFacts;
  /** Takes the lines off the view; what comes is shown. */
  clear(): void;
  retry(): void;
}

/** Reads the log for as long as the component stands; anew where something else is to be read. */
export function useLogFeed(subject: LogSubject, cluster: string): LogFeedValue {
  const { live } = useServices();
  const [attempt, setAttempt] = useState(0);
  const requests = JSON.stringify(logRequests(subject, cluster));
  const keepsOldest = subject.at !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` stands for another try.
  const feed = useMemo(
    () => new LogFeed({ live, requests: JSON.parse(requests), capacity, keepsOldest, soon: (callback) => void requestAnimationFrame(callback) }),
    [live, requests, keepsOldest, attempt],
  );
  useEffect(() => {
    feed.open();
    return () => feed.close();
  }, [feed]);
  const subscribe = useMemo(() => (listener: () => void) => feed.onChange(listener), [feed]);
  const version = useSyncExternalStore(subscribe, () => feed.version);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the feed is read again with each version of it.
  return useMemo(
    () => ({
      lines: feed.lines.all,
      counts: feed.lines.counts(),
      facts: feed.facts(),
      clear: () => feed.clear(),
      retry: () => setAttempt((n) => n + 1),
    }),
    [feed, version],
  );
}
