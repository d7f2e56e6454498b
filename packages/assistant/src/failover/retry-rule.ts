import type { ModelError } from '../model/model-error.ts';

/** What is done after a request failed before its first token. */
export type NextMove = { move: 'retry'; afterMs: number } | { move: 'fallBack' } | { move: 'stop' };

export interface Attempts {
  /** Requests so far, the failed one included. */
  tries: number;
  /** Since the first of them. Milliseconds. */
  elapsedMs: number;
  /** Whether the provider is on this machine. */
  local: boolean;
  random(): number;
}

/** So long one provider is tried before the next one is asked. Milliseconds. */
const patience = 60_000;
const firstPause = 1_000;
const longestPause = 20_000;
/** A program on this machine is asked whether it is ready: that costs nobody anything. */
const longestPauseHere = 2_000;

/** How often one request is sent at most. A program on this machine that is loading a model is busy for a while. */
function mostTries({ kind }: ModelError, local: boolean): number {
  switch (kind) {
    case 'overloaded':
      return local ? 30 : 3;
    case 'rateLimited':
      return 3;
    case 'network':
      return local ? 1 : 3;
    case 'malformed':
      return 2;
    default:
      return 1;
  }
}

/**
 * Waits with full jitter, and never less than the provider asked for; where that is longer than the patience, another
 * model is asked at once. What only a person can put right stops: an answer of another model would hide it.
 */
export function nextMove(error: ModelError, { tries, elapsedMs, local, random }: Attempts): NextMove {
  if (!isTransient(error) && error.kind !== 'quota') return { move: 'stop' };
  const pause = Math.min(local ? longestPauseHere : longestPause, firstPause * 2 ** (tries - 1));
  const afterMs = Math.max(error.retryAfterMs ?? 0, random() * pause);
  const goesOn = tries < mostTries(error, local) && elapsedMs + afterMs <= patience;
  return goesOn ? { move: 'retry', afterMs } : { move: 'fallBack' };
}

/** Whether it is the service that failed for now, not what was asked of it. */
export function isTransient({ kind }: ModelError): boolean {
  return kind === 'overloaded' || kind === 'rateLimited' || kind === 'network' || kind === 'timeout' || kind === 'malformed';
}
