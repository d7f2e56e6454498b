import { AppError } from '@quarterdeck/contract';
import { countFailedLogin, forgetLoginAttempts, type OpenStorage, readLoginAttempts } from '@quarterdeck/storage';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import { networkOf } from '../session/peer-address.ts';
import { digestOf } from './opaque-secrets.ts';

/** Milliseconds. */
const minute = 60_000;
/** Wrong passwords in a row that lock nothing yet. */
const freeFailures = 5;
const longestLock = 15 * minute;

/**
 * Keeps guessing slow: tries are counted for each account, each address and both, and wrong passwords in a row lock an
 * account for longer and longer. An account is what was typed, so that nothing tells whether somebody has it.
 */
export class LoginLimits {
  private readonly db: OpenStorage['db'];
  private readonly now: () => number;
  private readonly limiters: { both: Limiter; account: Limiter; address: Limiter };

  constructor(db: OpenStorage['db'], shared: Pick<SharedMemory, 'limiter'>, now: () => number) {
    this.db = db;
    this.now = now;
    this.limiters = {
      both: shared.limiter({ name: 'login-both', points: 5, seconds: 60 }),
      account: shared.limiter({ name: 'login-account', points: 20, seconds: 60 }),
      address: shared.limiter({ name: 'login-address', points: 30, seconds: 60 }),
    };
  }

  /** Counts a try. Throws RATE_LIMITED with the seconds to wait. */
  async try(email: string, address: string): Promise<void> {
    const [account, network] = [accountOf(email), networkOf(address)];
    for (const [limiter, key] of [
      [this.limiters.address, network],
      [this.limiters.both, `${account} ${network}`],
      [this.limiters.account, account],
    ] as const) {
      const { allowed, retryAfterMs } = await limiter.consume(key);
      if (!allowed) throw tooMany(retryAfterMs);
    }
    const { lockedUntil = 0 } = (await readLoginAttempts(this.db, [account])).get(account) ?? {};
    if (lockedUntil > this.now()) throw tooMany(lockedUntil - this.now());
  }

  /** Counts a try that names no account: the use of a setup token, a login through an issuer. */
  async tryAddress(address: string): Promise<void> {
    const { allowed, retryAfterMs } = await this.limiters.address.consume(networkOf(address));
    if (!allowed) throw tooMany(retryAfterMs);
  }

  async failed(email: string): Promise<void> {
    await countFailedLogin(this.db, accountOf(email), this.now(), lockSpan);
  }

  async succeeded(email: string): Promise<void> {
    await forgetLoginAttempts(this.db, accountOf(email));
  }

  /** Until when each address is locked, for those that are. Epoch milliseconds. */
  async lockedUntil(emails: readonly string[]): Promise<Map<string, number>> {
    const attempts = await readLoginAttempts(this.db, emails.map(accountOf));
    return new Map(
      emails.flatMap((email) => {
        const until = attempts.get(accountOf(email))?.lockedUntil ?? 0;
        return until > this.now() ? [[email, until]] : [];
      }),
    );
  }
}

type Limiter = ReturnType<SharedMemory['limiter']>;

/** After the fifth a minute, then twice as long each time. */
function lockSpan(failed: number): number {
  return failed < freeFailures ? 0 : Math.min(longestLock, minute * 2 ** (failed - freeFailures));
}

/** An address is the same in every spelling that mail servers take for the same. */
export function normalEmail(typed: string): string {
  return typed.trim().normalize('NFKC').toLowerCase();
}

function accountOf(email: string): string {
  return digestOf(normalEmail(email));
}

function tooMany(milliseconds: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const hint = `Try again in ${retryAfterSeconds < 90 ? `${retryAfterSeconds} s` : `${Math.ceil(retryAfterSeconds / 60)} min`}.`;
  return new AppError('RATE_LIMITED', 'There were too many tries to log in.', { hint, details: { retryAfterSeconds } });
}
