/** Time as a log stream uses it; tests may bring their own. */
export interface StreamClock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Calls back once after so long, unless it is called off by what it returns. */
  after(milliseconds: number, call: () => void): () => void;
}

export const systemStreamClock: StreamClock = {
  now: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Something that happens again and again, for those who wait. When the signal aborts, nobody waits any more. */
export class Bell {
  private readonly clock: StreamClock;
  private readonly signal: AbortSignal;
  private readonly waiting = new Set<() => void>();

  constructor(clock: StreamClock, signal: AbortSignal) {
    this.clock = clock;
    this.signal = signal;
    // One listener for all waits: they are many.
    signal.addEventListener('abort', () => this.ring(), { once: true });
  }

  ring(): void {
    for (const wake of [...this.waiting]) wake();
  }

  /** Resolves at the next ring, after `milliseconds` at the latest, and when the signal aborts. */
  next(milliseconds: number | null = null): Promise<void> {
    if (this.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        callOff?.();
        resolve();
      };
      const callOff = milliseconds === null ? null : this.clock.after(milliseconds, wake);
      this.waiting.add(wake);
    });
  }
}
