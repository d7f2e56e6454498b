import type { AppError, Cluster } from '@quarterdeck/contract';

/** What is known of a connection, without the sentences. */
export interface ConnectionFacts {
  /** ISO 8601; null for a live cluster. */
  recordedAt: string | null;
  phase: 'idle' | 'connecting' | 'connected' | 'failed';
  /** What connecting failed with. */
  error: AppError | null;
  /** What the last sign of life that was asked for failed with; null where there was one. */
  silence: AppError | null;
  /** What a login under way says to its person. */
  loginProgress: string | null;
  /** API groups and versions whose own server does not answer. */
  deadApis: readonly string[];
  lists: readonly ListFacts[];
}

export interface ListFacts {
  what: string;
  state: 'connecting' | 'live' | 'stale' | 'failed';
  error: AppError | null;
}

type Connection = Pick<Cluster, 'state' | 'reason' | 'remedy'>;

/** The state of a connection with the reason for it and the way out, in words for people. */
export function connectionState({ recordedAt, phase, error, silence, loginProgress, deadApis, lists }: ConnectionFacts): Connection {
  if (error !== null) return failed(error);
  if (recordedAt !== null) return { state: 'recording', reason: `Recorded ${recordedAt}. Nothing changes here.`, remedy: null };
  if (phase === 'idle') return { state: 'idle', reason: 'Nobody has asked for this cluster yet.', remedy: 'Select it to connect.' };
  if (asksPerson(loginProgress)) return { state: 'authNeeded', reason: loginProgress, remedy: 'Do what it says; the cluster connects by itself then.' };
  if (phase === 'connecting') return { state: 'connecting', reason: loginProgress, remedy: null };
  // Lists that go on do not mend a login that has ended.
  return silence !== null && (lists.length === 0 || silence.code === 'CLUSTER_AUTH_FAILED') ? silent(silence) : connected(lists, deadApis);
}

/** Programs of logins say many things; what a person must act on has a page to open. */
export function asksPerson(loginProgress: string | null): loginProgress is string {
  return loginProgress?.includes('://') === true;
}

function failed(error: AppError): Connection {
  // FORBIDDEN: an uploaded kubeconfig wants to run or read something, and nobody agreed to it yet.
  if (error.code === 'CLUSTER_AUTH_FAILED' || error.code === 'FORBIDDEN') {
    return { state: 'authNeeded', reason: error.message, remedy: error.hint ?? 'Log in to the cluster again, then select it.' };
  }
  return { state: 'offline', reason: error.message, remedy: error.hint ?? 'Check that the cluster runs and can be reached from here.' };
}

function silent(error: AppError): Connection {
  if (error.code === 'CLUSTER_AUTH_FAILED') return failed(error);
  return { state: 'stale', reason: error.message, remedy: error.hint ?? tryingAgain };
}

const tryingAgain = 'Connecting again by itself; check the network and the API server if it stays so.';

function connected(lists: readonly ListFacts[], deadApis: readonly string[]): Connection {
  const refused = lists.find((list) => list.error?.code === 'CLUSTER_AUTH_FAILED');
  if (refused?.error) return failed(refused.error);
  const lost = lists.filter((list) => list.error !== null && !isRefusal(list.error));
  const [first] = lost;
  if (first !== undefined && !lists.some((list) => list.state === 'live')) {
    const known = lists.some((list) => list.state === 'stale');
    return {
      state: known ? 'stale' : 'offline',
      reason: first.error?.message ?? null,
      remedy: first.error?.hint === undefined ? tryingAgain : `${first.error.hint} It is tried again by itself.`,
    };
  }
  const unread = lists.filter((list) => list.error !== null).map((list) => list.what);
  if (unread.length === 0) return deadApis.length === 0 ? { state: 'live', reason: null, remedy: null } : incomplete(deadApis);
  const remedy = lost.length === 0 ? 'Ask for the right to list and watch them.' : 'They are asked for again by themselves.';
  return { state: 'partial', reason: `Can't be read: ${enumerate(unread)}.`, remedy };
}

function incomplete(deadApis: readonly string[]): Connection {
  return {
    state: 'partial',
    reason: `APIs that do not answer: ${enumerate(deadApis)}.`,
    remedy: 'See which service stands behind them: kubectl get apiservices.',
  };
}

function isRefusal(error: AppError): boolean {
  return error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND';
}

function enumerate(names: readonly string[]): string {
  const unique = [...new Set(names)].sort();
  return unique.length <= 5 ? unique.join(', ') : `${unique.slice(0, 5).join(', ')} and ${unique.length - 5} more`;
}
