import type { WatchClock } from './watch-clock.ts';

/** What nobody uses stays for so long: people go back to the page they just left. */
const lingerMs = 60_000;

/** Counts the users of something and lets it go a while after the last one left. */
export class Hold {
  private readonly clock: WatchClock;
  private readonly onIdle: () => void;
  private users = 0;
  private closed = false;
  private linger: AbortController | null = null;

  constructor(clock: WatchClock, onIdle: () => void) {
    this.clock = clock;
    this.onIdle = onIdle;
  }

  /** In use, or not yet let go. */
  get active(): boolean {
    return this.users > 0 || this.linger !== null;
  }

  /** The caller ends its use with what is returned; calling that again does nothing. */
  take(): () => void {
    this.users += 1;
    this.linger?.abort();
    this.linger = null;
    let ended = false;
    return () => {
      if (!ended) this.leave();
      ended = true;
    };
  }

  close(): void {
    this.closed = true;
    this.linger?.abort();
    this.linger = null;
  }

  private leave(): void {
    this.users -= 1;
    if (this.users > 0 || this.closed) return;
    const linger = new AbortController();
    this.linger = linger;
    this.clock.sleep(lingerMs, linger.signal).then(
      () => {
        if (this.linger !== linger) return;
        this.linger = null;
        this.onIdle();
      },
      () => undefined, // Taken again, or closed: both took care of it.
    );
  }
}
