import type { WatchClock } from '../watch/watch-clock.ts';

interface Sleeper {
  wakesAt: number;
  wake(): void;
}

/** A clock that stands still until it is told to advance. */
export class ManualClock implements WatchClock {
  /** Every wait that was asked for, in milliseconds. */
  readonly sleeps: number[] = [];
  private readonly sleepers = new Set<Sleeper>();
  private time = 1_000_000;

  now = (): number => this.time;
  random = (): number => 0;

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(milliseconds);
    return new Promise((resolve, reject) => {
      const sleeper = { wakesAt: this.time + milliseconds, wake: resolve };
      this.sleepers.add(sleeper);
      signal.addEventListener('abort', () => {
        this.sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const sleeper of this.sleepers) {
      if (sleeper.wakesAt > this.time) continue;
      this.sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}
