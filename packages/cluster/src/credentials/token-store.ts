import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';

const tokensSchema = z.object({ idToken: z.string().min(1), refreshToken: z.string().min(1).nullable() });

/** What an issuer gave last. */
export type IssuedTokens = z.infer<typeof tokensSchema>;

/** Where tokens are kept that an issuer gave after the kubeconfig was written. */
export interface TokenStore {
  /** Null where there are none, or none that can be read. */
  read(key: string): Promise<IssuedTokens | null>;
  write(key: string, tokens: IssuedTokens): Promise<void>;
  /**
   * Runs a task that no other process runs for this key meanwhile: a refresh token works once, and issuers end a login
   * of which one is used twice. Rejects as the task does, or when the signal aborts.
   */
  exclusively<T>(key: string, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

/** A refresh takes seconds; who holds on longer has died. Milliseconds. */
const longestHold = 60_000;
const lookAgain = 100;

/** For as long as the process lives. */
export function memoryTokenStore(): TokenStore {
  const held = new Map<string, IssuedTokens>();
  return {
    read: async (key) => held.get(key) ?? null,
    write: async (key, tokens) => void held.set(key, tokens),
    exclusively: (_key, _signal, task) => task(),
  };
}

/**
 * One file a login, for the owner alone (0600 in a folder with 0700). A file is replaced whole, so that another process
 * never reads half of it. File names are digests: they tell nothing of who logs in where.
 */
export function fileTokenStore(folder: string): TokenStore {
  const pathOf = (key: string) => join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  return {
    async read(key) {
      const text = await readFile(pathOf(key), 'utf8').catch(() => null);
      const tokens = text === null ? null : tokensSchema.safeParse(parseJson(text));
      return tokens?.success ? tokens.data : null;
    },
    async write(key, tokens) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = `${pathOf(key)}.${randomBytes(6).toString('hex')}`;
      try {
        await writeFile(temporary, JSON.stringify(tokens), { mode: 0o600, flag: 'wx' });
        await rename(temporary, pathOf(key));
      } catch (thrown) {
        await rm(temporary, { force: true });
        throw thrown;
      }
    },
    async exclusively(key, signal, task) {
      const release = await lock(`${pathOf(key)}.lock`, folder, signal);
      try {
        return await task();
      } finally {
        await release();
      }
    },
  };
}

/** Waits until nobody else has the file. Where it can't be made at all, nothing is kept there that two could fight for. */
async function lock(path: string, folder: string, signal: AbortSignal): Promise<() => Promise<void>> {
  for (;;) {
    const outcome = await tryLock(path, folder);
    if (outcome === 'taken') return () => rm(path, { force: true });
    if (outcome === 'impossible') return async () => undefined;
    const heldFor = Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? Date.now());
    if (heldFor > longestHold) await rm(path, { force: true });
    else await delay(lookAgain, undefined, { signal });
  }
}

async function tryLock(path: string, folder: string): Promise<'taken' | 'held' | 'impossible'> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path, String(process.pid), { mode: 0o600, flag: 'wx' });
    return 'taken';
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST' ? 'held' : 'impossible';
  }
}

/** The error of JSON.parse quotes its input, so it goes no further. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
