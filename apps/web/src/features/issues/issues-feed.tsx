import type { AppError, Issue } from '@quarterdeck/contract';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { applyIssuesFrame, type IssuesState } from '../../live/issues-state.ts';
import type { DataFrame } from '../../live/live-client.ts';
import { type LiveValue, useLive } from '../../live/use-live.ts';
import { useClusters } from '../clusters/clusters.tsx';

/** The live issues of the selected cluster; one subscription for the whole page. */
export interface IssuesFeed {
  /** Null until the first snapshot. */
  state: IssuesState | null;
  /** All of them, worst first as the server sends them; empty while unknown. */
  list: readonly Issue[];
  error: AppError | null;
  retry(): void;
}

const idle: IssuesFeed = { state: null, list: [], error: null, retry: () => undefined };
const IssuesContext = createContext<IssuesFeed>(idle);

function apply(state: IssuesState | null, frame: DataFrame): IssuesState | null {
  return frame.type === 'issuesSnapshot' || frame.type === 'issuesDelta' ? applyIssuesFrame(state, frame) : state;
}

export function IssuesProvider({ children }: { children: ReactNode }) {
  const { selected } = useClusters();
  const cluster = selected?.id;
  const request = useMemo(() => (cluster === undefined ? null : ({ type: 'subscribeIssues', cluster } as const)), [cluster]);
  const live: LiveValue<IssuesState> = useLive(request, apply);
  const { state, error, retry } = live;
  const connected = selected?.state === 'live' || selected?.state === 'partial';
  const wasConnected = useRef(connected);
  // What failed for want of a connection is asked for again when there is one.
  useEffect(() => {
    if (connected && !wasConnected.current && error !== null) retry();
    wasConnected.current = connected;
  }, [connected, error, retry]);
  const feed = useMemo(() => ({ state, list: [...(state?.issues.values() ?? [])], error, retry }), [state, error, retry]);
  return <IssuesContext value={feed}>{children}</IssuesContext>;
}

export function useIssuesFeed(): IssuesFeed {
  return useContext(IssuesContext);
}
