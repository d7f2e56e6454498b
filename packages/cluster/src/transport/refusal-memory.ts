import { AppError } from '@quarterdeck/contract';
import type { Credentials } from '../credentials/credentials.ts';
import type { TransportRequest } from './transport.ts';

/** Rights are seldom given in a hurry, and every refusal is a line in the cluster's audit log. Milliseconds. */
const lifetimeMs = 300_000;
const mostKept = 2_000;

/**
 * What the cluster refused with 403 while these credentials were used. Only what reads is remembered, by verb and path
 * (so by API group, resource and scope): a change can be refused for what is in it. Another login may do other things,
 * so it begins with nothing.
 */
export class RefusalMemory {
  private readonly now: () => number;
  private credentials: Credentials | null = null;
  private readonly refused = new Map<string, { error: AppError; until: number }>();

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

  /** Somebody says that rights may have changed. */
  forget(): void {
    this.refused.clear();
  }
}

function isRemembered({ method = 'GET' }: TransportRequest): boolean {
  return method === 'GET';
}

function keyOf({ subject, path }: TransportRequest): string {
  return `${subject.verb} ${path}`;
}
