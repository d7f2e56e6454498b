import type { Coverage, Issue, IssueDetail, Plan, PlanRequest } from '@quarterdeck/contract';
import type { ClusterRuntime } from './cluster-runtime.ts';

/** What the diagnosis says of one cluster, kept up to date. */
export interface IssueFeed {
  issues(): Issue[];
  detail(id: string): IssueDetail | null;
  /** Null where there is no such issue. */
  plan(request: PlanRequest): Plan | null;
  coverage(): Coverage;
  /** ISO 8601; null before the first check. */
  checkedAt(): string | null;
  /** Whether all that can be read is up to date: only then has an issue that is not there gone away. */
  settled(): boolean;
  /** Resolves when the first check is done. */
  ready(signal: AbortSignal): Promise<void>;
  subscribe(listener: () => void): () => void;
  close(): void;
}

export async function createIssueFeed(_runtime: ClusterRuntime): Promise<IssueFeed> {
  throw new Error('pending');
}
