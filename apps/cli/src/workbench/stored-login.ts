import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stateDirectoryOf } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { CommandContext } from '../context.ts';
import type { Workbench } from './call-workbench.ts';

const storedSchema = z.object({
  url: z.string(),
  user: z.string(),
  token: z.string(),
  /** ISO 8601. */
  expiresAt: z.string(),
});
/** The workbench that this machine is logged in to. */
export type StoredLogin = z.infer<typeof storedSchema>;

type Here = Pick<CommandContext, 'environment' | 'now'>;

/**
 * The workbench to ask: that of QUARTERDECK_URL and QUARTERDECK_TOKEN, else the one that was logged in to. Throws AUTH_REQUIRED
 * where there is none, or the login has ended.
 */
export async function openWorkbench({ environment, now }: Here): Promise<Workbench> {
  const { QUARTERDECK_URL: url, QUARTERDECK_TOKEN: token } = environment;
  if (url && token) return { url: workbenchUrl(url), token };
  const stored = await readLogin({ environment });
  if (stored === null) throw loggedOut('You are logged in to no workbench.', 'URL');
  if (Date.parse(stored.expiresAt) <= now()) throw loggedOut(`Your login at ${stored.url} has ended.`, stored.url);
  return stored;
}

/** Null where there is none. */
export async function readLogin({ environment }: Pick<Here, 'environment'>): Promise<StoredLogin | null> {
  try {
    return storedSchema.safeParse(JSON.parse(await readFile(fileOf(environment), 'utf8'))).data ?? null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError || (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) return null;
    throw thrown;
  }
}

/** For its owner alone. */
export async function writeLogin({ environment }: Pick<Here, 'environment'>, login: StoredLogin): Promise<void> {
  const file = fileOf(environment);
  const temporary = `${file}.${randomUUID()}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(temporary, JSON.stringify(login), { mode: 0o600, flag: 'wx' });
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

export async function forgetLogin({ environment }: Pick<Here, 'environment'>): Promise<void> {
  await rm(fileOf(environment), { force: true });
}

/** Where a workbench is. Throws VALIDATION_ERROR for what would carry a password in the clear to another machine. */
export function workbenchUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const loopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) return url.origin;
  throw new AppError('VALIDATION_ERROR', `"${text}" is no address of a workbench.`, { hint: 'Give https://WORKBENCH; http is for this machine alone.' });
}

function fileOf(environment: CommandContext['environment']): string {
  return join(stateDirectoryOf(environment), 'workbench-login.json');
}

function loggedOut(message: string, url: string): AppError {
  return new AppError('AUTH_REQUIRED', message, { hint: `Run \`qd auth login ${url}\`, or set QUARTERDECK_URL and QUARTERDECK_TOKEN.` });
}
