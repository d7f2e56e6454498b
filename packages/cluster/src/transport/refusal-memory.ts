import { AppError } from '@quarterdeck/contract';
import type { CredentialSource, Credentials } from '../credentials/credentials.ts';
import type { TransportRequest } from './transport.ts';

/** Rights are seldom given in a hurry, and every refusal is a line in the cluster's audit log. Milliseconds. */
const lifetimeMs = 300_000;
const mostKept = 2_000;
/** A login that was refused twice in a row is tried again after this time, then after twice as long, up to the longest. Milliseconds. */
const firstPauseMs = 1_000;
const longestPauseMs = 300_000;

/**
 * What the cluster refused while these credentials were used. A login that it does not accept (401) is not shown to it
 * by every watch again and again. Of what we may not do (403), only what reads is remembered, by verb and path
 * (so by API group, resource and scope): a change can be refused for what is in it. Another login may do other things,
 * so it begins with nothing.
 */
export class RefusalMemory {
  private readonly now: () => number;
  private source: CredentialSource | null = null;
  private credentials: Credentials | null = null;
  private readonly refused = new Map<string, { error: AppError; until: number }>();
  private login: { credentials: Credentials; error: AppError; times: number; until: number } | null = null;

  constructor(now: () => number) {
    this.now = now;
  }

  /** The refusal that is known; null where the cluster must be asked. */
  find(request: TransportRequest, credentials: Credentials): AppError | null {
    if (!isRemembered(request) || credentials !== this.credentials) return null;
    const key = keyOf(request);
    const known = this.refused.get(key);
    if (known === undefined) return null;
    if (this.now() < known.until) return known.error;
    this.refused.delete(key);
    return null;
  }

  remember(request: TransportRequest, credentials: Credentials, error: AppError): void {
    if (!isRemembered(request)) return;
    if (credentials !== this.credentials) this.refused.clear();
    this.credentials = credentials;
    const [oldest] = this.refused.keys();
    if (oldest !== undefined && this.refused.size >= mostKept) this.refused.delete(oldest);
    const { message, hint, details } = error;
    const kept = new AppError('FORBIDDEN', message, { details: { ...details, remembered: true }, ...(hint === undefined ? {} : { hint }) });
    this.refused.set(keyOf(request), { error: kept, until: this.now() + lifetimeMs });
  }

  /** Why this login is of no use now; null where it may be tried. */
  findLogin(credentials: Credentials): AppError | null {
    return this.login?.credentials === credentials && this.now() < this.login.until ? this.login.error : null;
  }

  rememberLogin(credentials: Credentials, error: AppError): void {
    const known = this.login?.credentials === credentials ? this.login : null;
    // What was sent at the same time says nothing new.
    if (known !== null && this.now() < known.until) return;
    const times = (known?.times ?? 0) + 1;
    const pause = times === 1 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (times - 2));
    this.login = { credentials, error, times, until: this.now() + pause };
  }

  acceptLogin(credentials: Credentials): void {
    if (this.login?.credentials === credentials) this.login = null;
  }

  /** Whose login it is. */
  follow(source: CredentialSource): void {
    this.source = source;
  }

  /** Somebody says that rights or the login may have changed. */
  forget(): void {
    this.refused.clear();
    this.login = null;
    this.source?.retryNow?.();
  }
}

function isRemembered({ method = 'GET', as }: TransportRequest): boolean {
  // What is refused to somebody in their own name is nobody else's.
  return method === 'GET' && as === undefined;
}

function keyOf({ subject, path }: TransportRequest): string {
  return `${subject.verb} ${path}`;
}
