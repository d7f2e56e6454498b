import type { ConsentStore, PendingLogin } from '@quarterdeck/cluster';
import { AppError, type LoginOffer, loginConsentSchema, routes, type StartedLogin, toAppError } from '@quarterdeck/contract';
import type { Logger } from 'pino';
import type { ClusterRegistry } from '../clusters/cluster-registry.ts';
import type { ClusterRuntime } from '../clusters/cluster-runtime.ts';

export interface LoginDeskOptions {
  clusters: ClusterRegistry;
  consents: ConsentStore;
  log: Logger;
  /** Epoch milliseconds. */
  now(): number;
}

/** The login of a cluster that was begun last. */
interface Attempt {
  state: string;
  failure: string | null;
}

interface Waiting {
  runtime: ClusterRuntime;
  login: PendingLogin;
  expiresAt: number;
}

/** How long a person may take at the issuer. Milliseconds. */
const patience = 300_000;
/** More at once is nobody who logs in. */
const mostWaiting = 20;

/** Logins that need a person: in a browser at the issuer, or by leave for what an imported kubeconfig wants. */
export class LoginDesk {
  private readonly options: LoginDeskOptions;
  /** By their state. */
  private readonly waiting = new Map<string, Waiting>();
  /** By the id of their cluster. */
  private readonly attempts = new Map<string, Attempt>();

  constructor(options: LoginDeskOptions) {
    this.options = options;
  }

  /** What a person can do about the login of a cluster. Throws NOT_FOUND. */
  async offer(cluster: string | undefined): Promise<LoginOffer> {
    const { source, isLoggingIn } = this.options.clusters.get(cluster);
    if (isLoggingIn) return { kind: 'program' };
    if (source.connection === undefined) return { kind: 'none' };
    try {
      const { login, server } = await source.connection();
      return login === undefined ? { kind: 'none' } : { kind: 'browser', issuer: login.issuer, server, ...this.lastAttempt(source.id) };
    } catch (thrown) {
      const consent = loginConsentSchema.safeParse(thrown instanceof AppError ? thrown.details.consent : null);
      // What else keeps it from connecting stands in the state of the cluster.
      return consent.success ? { kind: 'consent', consent: consent.data } : { kind: 'none' };
    }
  }

  /** `origin`: where the browser finds this workbench. Throws UNSUPPORTED (nothing to log in to), CLUSTER_UNREACHABLE (the issuer), and as the connection does. */
  async start(cluster: string | undefined, origin: string, signal: AbortSignal): Promise<StartedLogin> {
    const runtime = this.options.clusters.get(cluster);
    const connection = await runtime.source.connection?.();
    if (connection?.login === undefined) {
      throw new AppError('UNSUPPORTED', `The login of ${runtime.source.name} does not go through a browser.`, {
        hint: 'The state of the cluster says what it needs.',
      });
    }
    const { login, server } = connection;
    const pending = await login.begin(`${origin}${routes.finishLogin.path}`, signal);
    const expiresAt = this.options.now() + patience;
    this.forgetOld();
    this.waiting.set(pending.state, { runtime, login: pending, expiresAt });
    this.attempts.set(runtime.source.id, { state: pending.state, failure: null });
    return { url: pending.url, issuer: login.issuer, server, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** Takes what the browser came back with, and connects the cluster. Throws GONE where nobody waits for it, CLUSTER_AUTH_FAILED, CLUSTER_UNREACHABLE. */
  async finish(answer: URLSearchParams, signal: AbortSignal): Promise<{ cluster: string }> {
    const waiting = this.waitingFor(answer);
    const { runtime, login } = waiting;
    this.waiting.delete(login.state);
    try {
      await login.complete(answer, signal);
    } catch (thrown) {
      this.fail(waiting, toAppError(thrown).message);
      throw thrown;
    }
    this.options.log.info({ cluster: runtime.source.id }, 'A person logged in to a cluster.');
    this.reconnect(runtime);
    return { cluster: runtime.source.name };
  }

  /** The cluster that an answer is for. Throws GONE where nobody waits for it. */
  clusterOf(answer: URLSearchParams): string {
    return this.waitingFor(answer).runtime.source.id;
  }

  /** Allows what a cluster wants, if it still wants what was shown. Throws CONFLICT. */
  async consent(cluster: string | undefined, id: string): Promise<LoginOffer> {
    const runtime = this.options.clusters.get(cluster);
    const offer = await this.offer(cluster);
    if (offer.kind !== 'consent' || offer.consent.id !== id) {
      throw new AppError('CONFLICT', `${runtime.source.name} does not want what was shown any more.`, { hint: 'Look again at what it wants now.' });
    }
    await this.options.consents.add(offer.consent);
    // The arguments may hold secrets: what was allowed stands in the consent's own file.
    this.options.log.info({ cluster: runtime.source.id, consent: id }, 'A person allowed what an imported kubeconfig wants.');
    this.reconnect(runtime);
    return this.offer(cluster);
  }

  private waitingFor(answer: URLSearchParams): Waiting {
    this.forgetOld();
    const waiting = this.waiting.get(answer.get('state') ?? '');
    if (waiting !== undefined) return waiting;
    throw new AppError('GONE', 'No login waits for this answer: it took longer than five minutes, or is done already.', {
      hint: 'Begin again from the workbench.',
    });
  }

  private lastAttempt(cluster: string): { waiting: boolean; failure: string | null } {
    this.forgetOld();
    const attempt = this.attempts.get(cluster);
    return { waiting: attempt !== undefined && this.waiting.has(attempt.state), failure: attempt?.failure ?? null };
  }

  /** An older login that fails says nothing about the one that was begun after it. */
  private fail({ runtime, login }: Waiting, failure: string): void {
    if (this.attempts.get(runtime.source.id)?.state === login.state) this.attempts.set(runtime.source.id, { state: login.state, failure });
  }

  private reconnect(runtime: ClusterRuntime): void {
    runtime.retryNow();
    runtime.connect().catch(() => undefined); // Its state says what happened.
  }

  private forgetOld(): void {
    for (const [state, waiting] of this.waiting) {
      if (waiting.expiresAt > this.options.now()) continue;
      this.waiting.delete(state);
      this.fail(waiting, 'Nobody came back from the login page within five minutes.');
    }
    for (const state of [...this.waiting.keys()].slice(0, Math.max(0, this.waiting.size - mostWaiting))) this.waiting.delete(state);
  }
}
