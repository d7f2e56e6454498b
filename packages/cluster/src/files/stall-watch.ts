import type { ExecSession } from '../exec/exec-session.ts';

/** Milliseconds. */
const longestSilence = 5000;
const lookEvery = 500;

/**
 * Closes the session of a program that has complained and then neither takes input nor says anything: runtimes may keep
 * it to themselves that a program has ended while input is on its way to it, and nobody would ever know.
 */
export class StallWatch {
  stalled = false;
  private complained = false;
  private last = performance.now();
  private readonly timer: NodeJS.Timeout;

  constructor(session: Pick<ExecSession, 'close'>) {
    this.timer = setInterval(() => {
      if (!this.complained || performance.now() - this.last < longestSilence) return;
      this.stalled = true;
      session.close();
    }, lookEvery);
  }

  /** Something was taken. */
  progress(): void {
    this.last = performance.now();
  }

  async *complaints(stderr: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of stderr) {
      this.complained = true;
      this.progress();
      yield chunk;
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
