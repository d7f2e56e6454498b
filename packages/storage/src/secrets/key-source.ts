import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import { storageError } from '../database/storage-error.ts';
import type { Keychain } from './keychain.ts';
import { keyBytes, keyOf, newKey, type StorageKey } from './secret-box.ts';

/** The first key seals; all of them open. */
export interface KeyRing {
  current: StorageKey;
  previous: readonly StorageKey[];
}

/** Where the key of the storage comes from. */
export interface KeySource {
  /** For people: `the environment`, a path, `the keychain`. */
  readonly name: string;
  /** Null where there is none yet. */
  read(): Promise<KeyRing | null>;
  /** Throws UNSUPPORTED where somebody else looks after the key. */
  write(ring: KeyRing): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const service = 'quarterdeck';

/**
 * The first that there is: QUARTERDECK_KEY, the file that QUARTERDECK_KEY_FILE names, the system's keychain, else a file
 * beside the storage that its owner alone can read.
 */
export async function keySourceOf(environment: Environment, stateDirectory: string, keychain: Keychain): Promise<KeySource> {
  if (environment.QUARTERDECK_KEY) return environmentSource(environment);
  if (environment.QUARTERDECK_KEY_FILE) return fileSource(environment.QUARTERDECK_KEY_FILE);
  const own = fileSource(join(stateDirectory, 'storage.key'));
  // A key that lies in a file already goes on being used: another one could open nothing.
  if ((await own.read()) !== null || !(await keychain.works())) return own;
  return keychainSource(keychain);
}

/** The ring of a source; where it has none, a new key is made and kept there first. */
export async function openKeyRing(source: KeySource): Promise<KeyRing> {
  const known = await source.read();
  if (known !== null) return known;
  const ring = { current: newKey(), previous: [] };
  await source.write(ring);
  return ring;
}

function environmentSource({ QUARTERDECK_KEY = '', QUARTERDECK_KEY_PREVIOUS = '' }: Environment): KeySource {
  const name = 'QUARTERDECK_KEY';
  return {
    name,
    read: async () =>
      ringOf(
        [QUARTERDECK_KEY, ...QUARTERDECK_KEY_PREVIOUS.split(/[\s,]+/)].filter((text) => text !== ''),
        name,
      ),
    async write() {
      throw new AppError('UNSUPPORTED', 'The key comes from the environment and is not written there.', {
        hint: 'Put a new key (`openssl rand -base64 32`) into QUARTERDECK_KEY and the old one into QUARTERDECK_KEY_PREVIOUS, then run this again.',
      });
    },
  };
}

function keychainSource(keychain: Keychain): KeySource {
  return {
    name: 'the keychain',
    read: async () => ringOf(linesOf((await keychain.read(service)) ?? ''), 'the keychain'),
    write: (ring) => keychain.write(service, textOf(ring)),
  };
}

function fileSource(path: string): KeySource {
  return {
    name: path,
    async read() {
      try {
        return ringOf(linesOf(await readFile(path, 'utf8')), path);
      } catch (thrown) {
        if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
        throw storageError(thrown, path);
      }
    },
    write: (ring) => replaceFile(path, textOf(ring)),
  };
}

/** On disk before it is used: what is sealed with a key that is lost is lost. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await chmod(path, 0o600);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw storageError(thrown, path);
  }
}

function textOf({ current, previous }: KeyRing): string {
  return [current, ...previous].map(({ bytes }) => `${bytes.toString('base64')}\n`).join('');
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

/** Null where there is no key. Throws VALIDATION_ERROR for one that is none; its text is not repeated. */
function ringOf(texts: readonly string[], source: string): KeyRing | null {
  const [current, ...previous] = texts.map((text) => keyFrom(text, source));
  return current === undefined ? null : { current, previous };
}

function keyFrom(text: string, source: string): StorageKey {
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
  if (bytes.length === keyBytes) return keyOf(bytes);
  throw new AppError('VALIDATION_ERROR', `What ${source} holds is no key of ${keyBytes} bytes.`, { hint: 'Make one with `openssl rand -base64 32`.' });
}
