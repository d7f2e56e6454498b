import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '@quarterdeck/contract';

/** What hashing costs: KiB of memory, rounds. */
export interface HashCost {
  memoryCost: number;
  timeCost: number;
}

/** Above what OWASP asks of argon2id (19 MiB, 2 rounds); a login takes some tenths of a second. */
export const usualCost: HashCost = { memoryCost: 65_536, timeCost: 3 };

/** Each takes its memory and a core. */
const mostAtOnce = 2;
/** Whoever waits longer than for these is better told to come back. */
const mostWaiting = 30;

/** Hashes passwords with argon2id, never many at once. */
export class PasswordHasher {
  private readonly cost: HashCost;
  private readonly nobodys: Promise<string>;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(cost: HashCost) {
    this.cost = cost;
    this.nobodys = hash(newPassword(), cost);
  }

  /** A PHC string. Throws RATE_LIMITED where too many wait. */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, this.cost));
  }

  /** Whether it is the password of this hash. Takes as long where there is none (null): the time does not tell who has an account. */
  async matches(stored: string | null, password: string): Promise<boolean> {
    const expected = stored ?? (await this.nobodys);
    const same = await this.inTurn(() => verify(expected, password));
    return same && stored !== null;
  }

  private async inTurn<T>(run: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      return await run();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    while (this.running >= mostAtOnce) {
      if (this.waiting.length >= mostWaiting) {
        throw new AppError('RATE_LIMITED', 'Too many log in at the same time.', { hint: 'Try again in a few seconds.', details: { retryAfterSeconds: 5 } });
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.running += 1;
  }
}

/** 120 bits, to be read out and typed. */
export function newPassword(): string {
  return randomBytes(15)
    .toString('base64url')
    .replace(/[-_]/g, 'x')
    .replace(/(.{5})(?=.)/g, '$1-');
}

/** What nobody should choose, whatever its length. Throws VALIDATION_ERROR, without the password. */
export function requireGoodPassword(password: string, email: string): void {
  const own = email.split('@')[0] ?? '';
  const lower = password.toLowerCase();
  const reason =
    new Set(password).size < 6
      ? 'repeats a few characters'
      : own.length > 3 && lower.includes(own)
        ? 'contains the e-mail address'
        : isSequence(lower)
          ? 'is a sequence'
          : null;
  if (reason === null) return;
  throw new AppError('VALIDATION_ERROR', `The password ${reason}.`, { hint: 'Take some words that do not belong together.' });
}

const sequences = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm', 'passwordpassword'];

function isSequence(text: string): boolean {
  return sequences.some((sequence) => sequence.includes(text.replace(/[^a-z0-9]/g, '').slice(0, 10)));
}
