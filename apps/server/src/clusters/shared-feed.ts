import type { IssueFeed } from './issue-feed.ts';

/** A diagnosis that nobody looks at goes on for so long: somebody who looks again finds it ready. Milliseconds. */
const linger = 300_000;

export interface FeedHold {
  feed: IssueFeed;
  /** Ends this use; calling it again does nothing. */
  release(): void;
}

interface Opened {
  feed: Promise<IssueFeed>;
  users: number;
  timer: NodeJS.Timeout | null;
}

/** One diagnosis for all who ask about the same cluster: opened by the first, closed a while after the last. */
export class SharedFeed {
  private readonly open: () => Promise<IssueFeed>;
  private opened: Opened | null = null;

  constructor(open: () => Promise<IssueFeed>) {
    this.open = open;
  }

  async hold(): Promise<FeedHold> {
    this.opened ??= { feed: this.open(), users: 0, timer: null };
    const held = this.opened;
    held.users += 1;
    if (held.timer !== null) clearTimeout(held.timer);
    try {
      const feed = await held.feed;
      return { feed, release: once(() => this.leave(held)) };
    } catch (thrown) {
      if (this.opened === held) this.opened = null;
      throw thrown;
    }
  }

  async close(): Promise<void> {
    const held = this.opened;
    this.opened = null;
    if (held === null) return;
    if (held.timer !== null) clearTimeout(held.timer);
    const feed = await held.feed.catch(() => null);
    feed?.close();
  }

  private leave(held: Opened): void {
    held.users -= 1;
    if (held.users > 0 || this.opened !== held) return;
    held.timer = setTimeout(() => void this.close(), linger).unref();
  }
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}
