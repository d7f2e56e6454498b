import { ApiCostMeter, type ClusterAccess, RefusalMemory, WatchHub } from '@quarterdeck/cluster';
import { type AppError, retryable, toAppError } from '@quarterdeck/contract';
import type { ClusterSource } from './cluster-source.ts';

export interface OpenConnection {
  access: ClusterAccess;
  hub: WatchHub;
}

export type ConnectionPhase = 'idle' | 'connecting' | 'connected' | 'failed';

/** Milliseconds until a failed connection is tried again: the first pause, and the longest after doubling. */
const firstPause = 1_000;
const longestPause = 30_000;
/** A server that said something within this time is alive. Milliseconds. */
const quietTime = 30_000;
const beatTimeout = 10_000;

/**
 * The connection to one cluster: opened when it is first asked for, tried again while what failed may pass by itself.
 * A login that failed is not tried again before somebody says that something changed.
 */
export class ClusterConnection {
  readonly meter = new ApiCostMeter();
  readonly refusals = new RefusalMemory(Date.now);
  phase: ConnectionPhase = 'idle';
  /** What connecting failed with. */
  error: AppError | null = null;
  /** What the last sign of life that was asked for failed with. */
  silence: AppError | null = null;
  version: string | null = null;
  /** API groups and versions whose own server does not answer. */
  deadApis: readonly string[] = [];
  /** What a login under way says to its person: a page to open, a code to type. */
  loginProgress: string | null = null;
  private readonly source: ClusterSource;
  private readonly changed: () => void;
  private attempt: Promise<OpenConnection> | null = null;
  private held: OpenConnection | null = null;
  private beating: Promise<void> | null = null;
  private failures = 0;
  private retry: NodeJS.Timeout | null = null;
  private readonly closing = new AbortController();

  constructor(source: ClusterSource, changed: () => void) {
    this.source = source;
    this.changed = changed;
  }

  /** Connects, or tries again where it failed. Concurrent calls share one attempt. */
  connect(): Promise<OpenConnection> {
    this.closing.signal.throwIfAborted();
    this.attempt ??= this.open();
    return this.attempt;
  }

  /** Something changed that may mend it: a person logged in, the network is back. What waits to be tried again is tried now. */
  retryNow(): void {
    this.refusals.forget();
    this.failures = 0;
    if (this.phase === 'failed') this.connectAgain();
    else if (this.silence !== null) void this.ask();
    this.held?.hub.retryNow();
  }

  /** A call found that the login has ended. What is being watched may not show it for long: a watch outlives its token. */
  noteFailure(error: AppError): void {
    if (error.code !== 'CLUSTER_AUTH_FAILED' || this.held === null) return;
    this.silence = error;
    this.changed();
  }

  /** Asks for a sign of life where the server gave none for a while. A login that was refused is left alone. */
  async beat(): Promise<void> {
    const { heardAt } = this.meter;
    const alive = this.silence === null && heardAt !== null && Date.now() - heardAt < quietTime;
    if (this.held === null || alive || this.silence?.code === 'CLUSTER_AUTH_FAILED') return;
    await this.ask();
  }

  async close(): Promise<void> {
    this.closing.abort();
    if (this.retry !== null) clearTimeout(this.retry);
    const opened = await this.attempt?.catch(() => null);
    await opened?.hub.close();
    await opened?.access.close();
  }

  private async open(): Promise<OpenConnection> {
    this.stopWaiting();
    this.become('connecting', null);
    try {
      const access = await this.source.open({
        meter: this.meter,
        refusals: this.refusals,
        onLoginProgress: (text) => this.sayProgress(text),
        tellDeadApis: (apis) => this.tellDead(apis),
      });
      this.version = await versionOrClose(access, this.closing.signal);
      this.failures = 0;
      this.held = { access, hub: new WatchHub(access) };
      this.become('connected', null);
      return this.held;
    } catch (thrown) {
      const error = toAppError(thrown);
      this.attempt = null;
      this.become('failed', error);
      this.tryLater(error, () => this.connectAgain());
      throw error;
    }
  }

  private sayProgress(text: string | null): void {
    this.loginProgress = text;
    this.changed();
  }

  private connectAgain(): void {
    if (this.closing.signal.aborted) return;
    this.connect().catch(() => undefined); // Its state says what happened, and the next attempt is planned.
  }

  private ask(): Promise<void> {
    this.beating ??= this.askVersion().finally(() => {
      this.beating = null;
    });
    return this.beating;
  }

  private async askVersion(): Promise<void> {
    this.stopWaiting();
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(beatTimeout)]);
    const silence = (await this.held?.access.version(signal).then(() => null, toAppError)) ?? null;
    if (this.closing.signal.aborted) return;
    // A refusal is a sign of life as well.
    this.silence = silence?.code === 'FORBIDDEN' ? null : silence;
    if (this.silence === null) this.failures = 0;
    else this.tryLater(this.silence, () => void this.ask());
    this.changed();
  }

  /** What may pass by itself (a network, a restarting API server) is tried again by itself. */
  private tryLater(error: AppError, run: () => void): void {
    if (!retryable[error.code] || this.closing.signal.aborted) return;
    const asked = error.details.retryAfterSeconds;
    const full = Math.min(longestPause, firstPause * 2 ** Math.min(this.failures, 10));
    // A random half is cut off, so that many workbenches do not come back together.
    const pause = Math.max(full * (1 - Math.random() / 2), typeof asked === 'number' ? asked * 1000 : 0);
    this.failures += 1;
    this.stopWaiting();
    this.retry = setTimeout(run, pause).unref();
  }

  private stopWaiting(): void {
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
  }

  private tellDead(apis: readonly string[]): void {
    if (apis.join() === this.deadApis.join()) return;
    this.deadApis = apis;
    this.changed();
  }

  private become(phase: ConnectionPhase, error: AppError | null): void {
    this.phase = phase;
    this.error = error;
    this.changed();
  }
}

/** What was opened and does not answer is closed again: it is opened anew with every attempt. Null where we may not know the version. */
async function versionOrClose(access: ClusterAccess, signal: AbortSignal): Promise<string | null> {
  try {
    return (await access.version(signal)).gitVersion;
  } catch (thrown) {
    if (toAppError(thrown).code === 'FORBIDDEN') return null;
    await access.close();
    throw thrown;
  }
}
