import type { TerminalBlock } from '@quarterdeck/contract';
import type { Captured } from './byte-capture.ts';

export interface FinishedBlock {
  block: TerminalBlock;
  output: Captured;
  /** What stood at the prompt, for a command that its shell did not name. */
  prompt: { before: Buffer; typed: Buffer } | null;
  columns: number;
}

/** Blocks that may wait: what a person types never comes near it. */
const mostWaiting = 32;

/**
 * Works through blocks that ended, one after the other, when nothing else is to be done. Where too many wait, outputs are
 * left out, and counted: the shell is never waited for, nor does it wait.
 */
export class BlockFinisher {
  /** Blocks whose output was not looked at. */
  dropped = 0;
  private readonly finish: (finished: FinishedBlock) => Promise<void>;
  private readonly report: (what: string, thrown: unknown) => void;
  private waiting = 0;
  private last: Promise<void> = Promise.resolve();

  constructor(finish: (finished: FinishedBlock) => Promise<void>, report: (what: string, thrown: unknown) => void) {
    this.finish = finish;
    this.report = report;
  }

  add(finished: FinishedBlock): void {
    const empty = {
      head: Buffer.alloc(0),
      tail: Buffer.alloc(0),
      leftOut: finished.output.leftOut + finished.output.head.byteLength + finished.output.tail.byteLength,
    };
    const crowded = this.waiting >= mostWaiting;
    if (crowded) this.dropped += 1;
    const work = crowded ? { ...finished, output: empty } : finished;
    this.waiting += 1;
    this.last = this.last
      .then(() => new Promise<void>((resolve) => setImmediate(resolve)))
      .then(() => this.finish(work))
      .catch((thrown: unknown) => this.report('What a command put out could not be kept', thrown))
      .finally(() => {
        this.waiting -= 1;
      });
  }

  /** All that was added is done. */
  settled(): Promise<void> {
    return this.last;
  }
}
