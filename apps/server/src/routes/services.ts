import type { Ledger, OpenStorage } from '@quarterdeck/storage';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import type { Logger } from 'pino';
import type { AlertDesk } from '../alerts/alert-desk.ts';
import type { ClusterRegistry } from '../clusters/cluster-registry.ts';
import type { ClusterRuntime } from '../clusters/cluster-runtime.ts';
import type { IssueFeed } from '../clusters/issue-feed.ts';
import type { KubeconfigLibrary } from '../clusters/kubeconfig-library.ts';
import type { TypedNamespaces } from '../clusters/typed-namespaces.ts';
import type { ForwardDesk } from '../forwards/forward-desk.ts';
import type { Dismissals } from '../issues/dismissals.ts';
import type { IncidentHistory } from '../issues/incident-history.ts';
import { createIssueBoard, type IssueBoard } from '../issues/issue-board.ts';
import type { Acts } from '../ledger/acts.ts';
import type { LoginDesk } from '../logins/login-desk.ts';

/** What handlers, live subscriptions and tools work with. */
export interface Services {
  version: string;
  clusters: ClusterRegistry;
  /** Null where there is one recording and nothing else. */
  kubeconfigs: KubeconfigLibrary | null;
  typedNamespaces: TypedNamespaces;
  dismissals: Dismissals;
  history: IncidentHistory;
  alerts: AlertDesk;
  logins: LoginDesk;
  forwards: ForwardDesk;
  storage: OpenStorage;
  /** What several workbenches share. */
  shared: SharedMemory;
  ledger: Ledger;
  acts: Acts;
  log: Logger;
}

/** Runs `use` with the issues of a cluster once the first check is done, and lets go of the diagnosis after. */
export async function withIssues<T>(
  services: Services,
  cluster: string | undefined,
  signal: AbortSignal,
  use: (board: IssueBoard, feed: IssueFeed) => T | Promise<T>,
): Promise<T> {
  const runtime = services.clusters.get(cluster);
  const { feed, release } = await runtime.holdIssues();
  try {
    await feed.ready(signal);
    return await use(boardOf(services, runtime, feed), feed);
  } finally {
    release();
  }
}

export function boardOf(services: Services, runtime: ClusterRuntime, feed: IssueFeed): IssueBoard {
  return createIssueBoard(runtime.source.id, feed, services);
}
