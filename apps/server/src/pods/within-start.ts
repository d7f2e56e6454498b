import { AppError } from '@quarterdeck/contract';

/** A node that knows the image starts a container in seconds; whoever waits longer should see why. Milliseconds. */
const longestStart = 60_000;

export interface Starting {
  onWaiting(reason: string): void;
  signal: AbortSignal;
}

/** Gives a debug container its time to start. Throws TIMEOUT with what it waits for. */
export async function withinStart<Result>(signal: AbortSignal, start: (starting: Starting) => Promise<Result>): Promise<Result> {
  let waitsFor = 'the node has not taken it up yet';
  const limit = AbortSignal.timeout(longestStart);
  const onWaiting = (reason: string) => {
    waitsFor = reason;
  };
  try {
    return await start({ onWaiting, signal: AbortSignal.any([signal, limit]) });
  } catch (thrown) {
    if (limit.aborted) throw new AppError('TIMEOUT', `The debug container does not run yet: ${waitsFor}.`, { hint: 'Look at the events of the pod.' });
    throw thrown;
  }
}
