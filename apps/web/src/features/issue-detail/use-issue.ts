import type { IssueDetail } from '@quarterdeck/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { DataFrame } from '../../live/live-client.ts';
import { useLive } from '../../live/use-live.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';

/** An issue as it stands, or stood before it went away. */
export interface KnownIssue {
  /** Null where there is none, and was none since the page was opened. */
  issue: IssueDetail | null;
  /** ISO 8601; null while it is there. */
  goneSince: string | null;
  /** ISO 8601: the check that last told of it. */
  checkedAt: string;
}

type IssueFrame = Pick<Extract<DataFrame, { type: 'issueSnapshot' }>, 'issue' | 'checkedAt'>;

/** Pure. What is over keeps what was known while it was there: of its last state the server has only the summary. */
export function foldIssue(before: KnownIssue | null, { issue, checkedAt }: IssueFrame): KnownIssue {
  if (issue === null) return { issue: before?.issue ?? null, goneSince: before?.goneSince ?? checkedAt, checkedAt };
  if (issue.life?.state !== 'resolved') return { issue, goneSince: null, checkedAt };
  const known = before?.issue ?? null;
  if (known === null || known.chains.length === 0) return { issue, goneSince: issue.life.since, checkedAt };
  return { issue: { ...known, life: issue.life, history: issue.history }, goneSince: issue.life.since, checkedAt };
}

function apply(before: KnownIssue | null, frame: DataFrame): KnownIssue | null {
  return frame.type === 'issueSnapshot' ? foldIssue(before, frame) : before;
}

/** One issue with everything, live: its chain, its evidence, its end. */
export function useIssue(id: string) {
  const cluster = useClusters().selected?.id;
  const request = useMemo(() => (cluster === undefined ? null : ({ type: 'subscribeIssue', cluster, issue: id } as const)), [cluster, id]);
  const live = useLive(request, apply);
  usePlanAnew(cluster, id);
  return live;
}

/** The plan is made again when the list says that the issue is another one now. */
function usePlanAnew(cluster: string | undefined, id: string): void {
  const queries = useQueryClient();
  const { state } = useIssuesFeed();
  useEffect(() => {
    if (state?.touched.has(id)) void queries.invalidateQueries({ queryKey: ['plan', cluster, id] });
  }, [state, id, cluster, queries]);
}
