import type { McpServers, RunbookShelf } from '@quarterdeck/assistant';
import type { Ledger, OpenStorage, SecretStore } from '@quarterdeck/storage';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import type { Logger } from 'pino';
import type { OpenActions } from '../actions/open-actions.ts';
import type { AlertDesk } from '../alerts/alert-desk.ts';
import type { ModelDesk } from '../assistant/model-desk.ts';
import type { AssistantHouse } from '../assistant/open-assistant.ts';
import type { SeenKnowledge } from '../assistant/seen-knowledge.ts';
import type { IssueFeed } from '../clusters/issue-feed.ts';
import type { KubeconfigLibrary } from '../clusters/kubeconfig-library.ts';
import type { ForwardDesk } from '../forwards/forward-desk.ts';
import type { Dismissals } from '../issues/dismissals.ts';
import type { IncidentHistory } from '../issues/incident-history.ts';
import { createIssueBoard, type IssueBoard } from '../issues/issue-board.ts';
import type { Acts } from '../ledger/acts.ts';
import type { LoginDesk } from '../logins/login-desk.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';
import type { Asker, ClusterDoor } from '../policy/seen-clusters.ts';
import type { TerminalDesk } from '../terminal/terminal-desk.ts';

/** What handlers, live subscriptions and tools work with. */
export interface Services {
  version: string;
  /** Each person's own view of the clusters: `clusters.seenBy(call)`. */
  clusters: ClusterDoor;
  /** Null where there is one recording and nothing else. */
  kubeconfigs: KubeconfigLibrary | null;
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
  assistant: AssistantHouse;
  /** Which models are asked, and of whom. */
  models: ModelDesk;
  /** Servers of others that the assistant asks. */
  mcpServers: McpServers;
  /** Runbooks and resolved issues, as each person may see them. */
  knowledge: SeenKnowledge;
  /** Where runbooks are written and read. */
  runbooks: RunbookShelf;
  /** Sealed values, opened when they are first needed. */
  secrets(): Promise<SecretStore>;
  /** Previews, approvals and runs. */
  actions: OpenActions;
  /** Shells on this machine. */
  terminals: TerminalDesk;
  log: Logger;
}

/** Runs `use` with the issues of a cluster once the first check is done, and lets go of the diagnosis after. */
export async function withIssues<T>(
  services: Services,
  cluster: string | undefined,
  call: Asker & { signal: AbortSignal },
  use: (board: IssueBoard, feed: IssueFeed) => T | Promise<T>,
): Promise<T> {
  const seen = services.clusters.seenBy(call).get(cluster);
  const { feed, release } = await seen.holdIssues();
  try {
    await feed.ready(call.signal);
    return await use(boardOf(services, seen, feed), feed);
  } finally {
    release();
  }
}

export function boardOf(services: Services, seen: Pick<SeenCluster, 'board'>, feed: IssueFeed): IssueBoard {
  return createIssueBoard(seen.board, feed, services);
}
