import { abortable } from '../transport/abortable.ts';
import type { CredentialSource, Credentials } from './credentials.ts';

export interface Obtained {
  credentials: Credentials;
  /** Epoch milliseconds; null: until the server refuses them. */
  expiresAt: number | null;
}

/** Gets credentials from where they come from; `refused` are those that the server did not accept, `say` takes what a person must know meanwhile. The signal aborts when nobody waits any more. */
export type Obtain = (signal: AbortSignal, refused: Credentials | null, say: (text: string) => void) => Promise<Obtained>;

/** Given up this early at most, so that no request starts with credentials that end under way. */
const longestMarginMs = 60_000;
/** Of a short life, only this part. */
const marginShare = 0.2;
/** What is born expired (a clock that is wrong) is still not obtained anew for every request. */
const shortestUseMs = 1_000;
const firstPauseMs = 10_000;
const longestPauseMs = 60_000;

interface Run {
  result: Promise<Credentials>;
  stop: AbortController;
  waiting: number;
}

/**
 * Keeps credentials until shortly before they expire and obtains new ones once for everybody who asks meanwhile. What
 * fails, or is refused again and again, waits from 10 s to a minute before the next attempt: many watches retry at the
 * same time, and an attempt may open a login page.
 */
export class CredentialCache implements CredentialSource {
  private readonly obtain: Obtain;
  private readonly now: () => number;
  private held: { credentials: Credentials; usableUntil: number } | null = null;
  private run: Run | null = null;
  private failure: { thrown: unknown } | null = null;
  private progress: string | null = null;
  private readonly listeners = new Set<(text: string | null) => void>();
  private pause = { untilMs: Number.NEGATIVE_INFINITY, lengthMs: 0 };

  constructor(obtain: Obtain, now: () => number) {
    this.obtain = obtain;
    this.now = now;
  }

  async current(signal: AbortSignal): Promise<Credentials> {
    if (this.held !== null && this.now() < this.held.usableUntil) return this.held.credentials;
    if (this.run === null && this.failure !== null && this.isPaused()) throw this.failure.thrown;
    return this.join(signal, null);
  }

  async renew(refused: Credentials, signal: AbortSignal): Promise<Credentials | null> {
    const replaced = this.held?.credentials !== refused;
    if (replaced || this.run !== null) return this.current(signal);
    if (this.isPaused()) return null;
    this.startPause();
    this.held = null;
    return this.join(signal, refused);
  }

  retryNow(): void {
    this.failure = null;
    this.pause = { untilMs: Number.NEGATIVE_INFINITY, lengthMs: 0 };
  }

  onProgress(listener: (text: string | null) => void): () => void {
    this.listeners.add(listener);
    if (this.progress !== null) listener(this.progress);
    return () => this.listeners.delete(listener);
  }

  /** After a login: what is held, and what failed, counts no more. */
  forget(): void {
    this.held = null;
    this.failure = null;
    this.pause = { untilMs: Number.NEGATIVE_INFINITY, lengthMs: 0 };
  }

  private async join(signal: AbortSignal, refused: Credentials | null): Promise<Credentials> {
    this.run ??= this.start(refused);
    const run = this.run;
    run.waiting += 1;
    try {
      return await abortable(run.result, signal);
    } finally {
      run.waiting -= 1;
      if (run.waiting === 0 && this.run === run) {
        this.run = null;
        run.stop.abort();
      }
    }
  }

  private start(refused: Credentials | null): Run {
    const stop = new AbortController();
    const run: Run = { result: this.obtain(stop.signal, refused, (text) => this.say(text)).then((obtained) => this.hold(obtained)), stop, waiting: 0 };
    run.result
      .catch((thrown: unknown) => {
        if (stop.signal.aborted) return;
        this.failure = { thrown };
        this.startPause();
      })
      .finally(() => {
        if (this.run === run) this.run = null;
        this.say(null);
      });
    return run;
  }

  private say(text: string | null): void {
    if (text === this.progress) return;
    this.progress = text;
    for (const listener of this.listeners) listener(text);
  }

  private hold({ credentials, expiresAt }: Obtained): Credentials {
    const now = this.now();
    const usableUntil = expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt - Math.min(longestMarginMs, (expiresAt - now) * marginShare);
    this.held = { credentials, usableUntil: Math.max(usableUntil, now + shortestUseMs) };
    this.failure = null;
    return credentials;
  }

  private isPaused(): boolean {
    return this.now() < this.pause.untilMs;
  }

  /** Doubles while the trouble goes on, and begins anew after a quiet time. */
  private startPause(): void {
    const quiet = this.now() > this.pause.untilMs + longestPauseMs;
    const lengthMs = quiet ? firstPauseMs : Math.min(longestPauseMs, this.pause.lengthMs * 2);
    this.pause = { lengthMs, untilMs: this.now() + lengthMs };
  }
}
