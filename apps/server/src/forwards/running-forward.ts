import { setTimeout as delay } from 'node:timers/promises';
import { type ClusterAccess, type OpenForward, openForward } from '@quarterdeck/cluster';
import { AppError, type ForwardStats, retryable, toAppError } from '@quarterdeck/contract';
import type { ForwardDeclaration } from '@quarterdeck/storage';

/** A cluster that can't be reached is tried again after so long, and twice as long each time up to the longest. Milliseconds. */
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/** One forward while it is wanted. */
export class RunningForward {
  private readonly declaration: ForwardDeclaration;
  private readonly access: () => Promise<ClusterAccess>;
  private readonly closing = new AbortController();
  private open: OpenForward | null = null;
  private error: AppError | null = null;
  private trying: Promise<void> = Promise.resolve();

  constructor(declaration: ForwardDeclaration, access: () => Promise<ClusterAccess>) {
    this.declaration = declaration;
    this.access = access;
  }

  /** Resolves when it listens. Throws as `openForward` does. */
  async start(): Promise<void> {
    const open = await openForward(await this.access(), this.declaration, { signal: this.closing.signal });
    if (!this.closing.signal.aborted) {
      this.open = open;
      this.error = null;
      return;
    }
    await open.close();
    throw new AppError('CANCELLED', 'The forward was stopped.');
  }

  /** Starts it as soon as that is possible; what does not pass by itself ends the trying and is told by `stats`. */
  keepTrying(): void {
    this.trying = this.tryUntilOpen();
  }

  stats(): ForwardStats {
    if (this.open !== null) return this.open.stats();
    const { code, message } = this.error ?? new AppError('CANCELLED', 'It is being started.');
    return { ...idleStats(this.declaration), state: code === 'FORBIDDEN' ? 'forbidden' : 'failed', reason: message };
  }

  /** The ports that are used, where it listens. */
  get ports(): ForwardDeclaration['ports'] {
    return this.open === null ? this.declaration.ports : [...this.open.ports];
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.trying;
    await this.open?.close();
  }

  private async tryUntilOpen(): Promise<void> {
    const { signal } = this.closing;
    for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      try {
        return await this.start();
      } catch (thrown) {
        this.error = toAppError(thrown);
        if (!retryable[this.error.code] && this.error.code !== 'NOT_FOUND') return;
      }
      await delay(pauseMs, undefined, { signal }).catch(() => undefined); // Closed meanwhile: the loop ends.
    }
  }
}

/** Of a forward that does not run. */
export function idleStats({ ports }: Pick<ForwardDeclaration, 'ports'>): ForwardStats {
  const counts = { bytesIn: 0, bytesOut: 0, openConnections: 0, totalConnections: 0, failedConnections: 0 };
  return { state: 'stopped', reason: null, ports, pod: null, ...counts, latency: null, errors: [], connections: [] };
}
