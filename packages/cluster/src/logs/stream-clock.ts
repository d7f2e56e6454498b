import { setTimeout as delay } from 'node:timers/promises';

/** Time as a log stream uses it; tests may bring their own. */
export interface StreamClock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const systemStreamClock: StreamClock = {
  now: () => performance.now(),
  sleep: async (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
};

/** Something that happens again and again, for one who waits. */
export class Bell {
  private waiting = Promise.withResolvers<void>();

  ring(): void {
    this.waiting.resolve();
    this.waiting = Promise.withResolvers();
  }

  /** Resolves at the next ring, after `milliseconds` at the latest, and when the signal aborts. */
  async next(clock: StreamClock, signal: AbortSignal, milliseconds: number | null = null): Promise<void> {
    if (signal.aborted) return;
    const { promise } = this.waiting;
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const timer = milliseconds === null ? aborted(either) : clock.sleep(milliseconds, either).catch(() => undefined);
    await Promise.race([promise, timer]);
    over.abort();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
