import { largestCheckpoint } from './checkpoint.ts';
import type { Snapshot } from './mirror.ts';

/** Milliseconds: after the last output, and at the latest while output goes on. */
const whenQuiet = 1000;
const atLatest = 10_000;
/** Of the scrollback: what is written takes time in which nothing else is done. */
const keptLines = 1000;

/** When to write down what a session shows, and how much of it. */
export class CheckpointTimer {
  private readonly now: () => number;
  private readonly save: () => Promise<void>;
  private timer: NodeJS.Timeout | null = null;
  private dueAt = 0;
  private saving: Promise<void> | null = null;
  private closed = false;

  constructor(now: () => number, save: () => Promise<void>) {
    this.now = now;
    this.save = save;
  }

  /** There was output. */
  grown(): void {
    if (this.closed) return;
    if (this.timer === null) this.dueAt = this.now() + atLatest;
    else if (this.now() >= this.dueAt) return;
    else clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), Math.min(whenQuiet, Math.max(0, this.dueAt - this.now())));
  }

  /** Once nothing is being written any more. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    await this.saving;
  }

  /** The largest snapshot that may be kept. */
  bounded(take: (lines: number) => Snapshot): Snapshot {
    let snapshot = take(keptLines);
    for (let lines = keptLines; snapshot.text.length > largestCheckpoint && lines > 0; ) {
      lines = Math.floor(lines / 2);
      snapshot = take(lines);
    }
    return snapshot;
  }

  private async run(): Promise<void> {
    this.timer = null;
    await this.saving;
    if (this.closed) return;
    this.saving = this.save();
    await this.saving;
    this.saving = null;
  }
}
