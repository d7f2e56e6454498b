import { AppError } from '@quarterdeck/contract';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import { digestOf, newSecret } from './opaque-secrets.ts';

/** Milliseconds. */
const day = 86_400_000;

/** What proves that the first account is made by whoever started the workbench, and read what it printed. */
export class SetupToken {
  private readonly cache: SharedMemory['cache'];

  constructor({ cache }: Pick<SharedMemory, 'cache'>) {
    this.cache = cache;
  }

  /** Good for a day, on each server of the installation. */
  async issue(): Promise<string> {
    const token = newSecret();
    await this.cache.set(keyOf(token), '', day);
    return token;
  }

  /** Throws AUTH_REQUIRED for one that was not issued, or was used. */
  async require(token: string): Promise<void> {
    if ((await this.cache.get(keyOf(token))) !== null) return;
    throw new AppError('AUTH_REQUIRED', 'This is not the token that the workbench printed when it started.', {
      hint: 'Look at what it printed, or start it again: as long as nobody has an account it prints a new one.',
    });
  }

  async burn(token: string): Promise<void> {
    await this.cache.delete(keyOf(token));
  }
}

function keyOf(token: string): string {
  return `setup/${digestOf(token)}`;
}
