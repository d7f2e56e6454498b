const successesForOneMore = 20;

/**
 * How many requests one provider gets at a time: half as many after it said "too many", one more after twenty that went
 * well, never more than was set.
 */
export class Slots {
  private readonly most: number;
  private limit: number;
  private used = 0;
  private successes = 0;
  private waiting: (() => void)[] = [];

  constructor(most: number) {
    this.most = most;
    this.limit = most;
  }

  /** Waits for a slot, first come first served; gives what frees it. Throws the signal's reason. */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.used >= this.limit) await this.turn(signal);
    this.used += 1;
    let isFreed = false;
    return () => {
      if (isFreed) return;
      isFreed = true;
      this.used -= 1;
      this.wake();
    };
  }

  succeeded(): void {
    this.successes += 1;
    if (this.successes < successesForOneMore || this.limit >= this.most) return;
    this.successes = 0;
    this.limit += 1;
    this.wake();
  }

  rateLimited(): void {
    this.successes = 0;
    this.limit = Math.max(1, Math.floor(this.limit / 2));
  }

  private async turn(signal: AbortSignal): Promise<void> {
    while (this.used >= this.limit) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const stop = () => {
        this.waiting = this.waiting.filter((one) => one !== resolve);
        reject(signal.reason);
      };
      signal.addEventListener('abort', stop, { once: true });
      this.waiting.push(resolve);
      try {
        await promise;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    }
  }

  private wake(): void {
    if (this.used < this.limit) this.waiting.shift()?.();
  }
}
