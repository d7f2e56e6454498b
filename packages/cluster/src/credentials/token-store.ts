import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const tokensSchema = z.object({ idToken: z.string().min(1), refreshToken: z.string().min(1).nullable() });

/** What an issuer gave last. */
export type IssuedTokens = z.infer<typeof tokensSchema>;

/** Where tokens are kept that an issuer gave after the kubeconfig was written. */
export interface TokenStore {
  /** Null where there are none, or none that can be read. */
  read(key: string): Promise<IssuedTokens | null>;
  write(key: string, tokens: IssuedTokens): Promise<void>;
}

/** For as long as the process lives. */
export function memoryTokenStore(): TokenStore {
  const held = new Map<string, IssuedTokens>();
  return {
    read: async (key) => held.get(key) ?? null,
    write: async (key, tokens) => void held.set(key, tokens),
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
  };
}

/** The error of JSON.parse quotes its input, so it goes no further. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
