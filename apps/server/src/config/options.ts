import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, type WorkbenchMode, workbenchModes } from '@quarterdeck/contract';
import { type StorageUrl, storageUrlOf } from '@quarterdeck/storage';
import * as z from 'zod';
import { type Exposure, readExposure } from './exposure.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ServerOptions {
  /** 0: any free port. Null: the usual one, or the next free one. */
  port: number | null;
  /** Who can reach it, and by which names. */
  exposure: Exposure;
  bundle: string | null;
  kubeconfig: string | null;
  context: string | null;
  /** Where logins and typed namespaces are kept. */
  stateDirectory: string;
  /** Where everything else is kept: QUARTERDECK_STORAGE, or a file in the state directory. */
  storageUrl: StorageUrl;
  /** What several workbenches share: QUARTERDECK_REDIS; null for one that is alone. */
  redisUrl: string | null;
  /** How many calls one person may make, on average over ten seconds: QUARTERDECK_CALLS_PER_SECOND. */
  callsPerSecond: number;
  /** Whether people log in: --team, or QUARTERDECK_MODE=team. */
  team: boolean;
  /** Whether a program on standard input and output may propose what a person then approves: --allow-proposals. */
  proposals: boolean;
  /** Where the built page is: QUARTERDECK_WEB, or where `npm run build:web` writes it. */
  webFolder: string;
}

/** `npm run build:web` writes here. */
export const builtWeb = join(import.meta.dirname, '..', '..', '..', 'web', 'dist');

export const usualCallsPerSecond = 100;

export const usage =
  'node apps/server/src/main.ts [--bundle FILE] [--kubeconfig FILE] [--context NAME] [--team] [--tls-cert FILE --tls-key FILE] [--public-url URL] [--insecure-behind-proxy --trusted-proxies LIST]';

const portSchema = z.coerce.number().int().min(0).max(65_535);

/** Reads the command line and the environment; a flag wins. Throws VALIDATION_ERROR. */
export function readOptions(args: readonly string[], environment: Environment): ServerOptions {
  const flags = readFlags(args);
  if (flags.bundle !== undefined && (flags.kubeconfig !== undefined || flags.context !== undefined)) {
    throw new AppError('VALIDATION_ERROR', 'A recording has no kubeconfig and no context.', { hint: 'Give --bundle alone.' });
  }
  const stateDirectory = readStateDirectory(environment);
  const team = flags.team === true || readMode(environment.QUARTERDECK_MODE) === 'team';
  return {
    port: readPort(environment.PORT),
    exposure: readExposure(flags, environment, team),
    bundle: flags.bundle ?? null,
    kubeconfig: flags.kubeconfig ?? null,
    context: flags.context ?? null,
    stateDirectory,
    storageUrl: storageUrlOf(environment, stateDirectory),
    redisUrl: readRedisUrl(environment.QUARTERDECK_REDIS),
    callsPerSecond: readCallsPerSecond(environment.QUARTERDECK_CALLS_PER_SECOND),
    team,
    proposals: flags['allow-proposals'] === true,
    webFolder: environment.QUARTERDECK_WEB || builtWeb,
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        bundle: { type: 'string' },
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        team: { type: 'boolean' },
        'allow-proposals': { type: 'boolean' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'public-url': { type: 'string' },
        'insecure-behind-proxy': { type: 'boolean' },
        'trusted-proxies': { type: 'string' },
        'proxy-hops': { type: 'string' },
      },
    }).values;
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', cause instanceof Error ? cause.message : String(cause), { hint: `Usage: ${usage}`, cause });
  }
}

function readMode(text: string | undefined): WorkbenchMode {
  if (text === undefined || text === '') return 'local';
  const mode = z.enum(workbenchModes).safeParse(text);
  if (mode.success) return mode.data;
  throw new AppError('VALIDATION_ERROR', `QUARTERDECK_MODE is "${text}".`, { hint: `It can be ${workbenchModes.join(' or ')}.` });
}

function readPort(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const port = portSchema.safeParse(text);
  if (port.success) return port.data;
  throw new AppError('VALIDATION_ERROR', `PORT is "${text}", which is no port.`, { hint: 'Give a number from 0 (any free port) to 65535.' });
}

function readCallsPerSecond(text: string | undefined): number {
  if (text === undefined || text === '') return usualCallsPerSecond;
  const calls = z.coerce.number().int().min(1).max(1_000_000).safeParse(text);
  if (calls.success) return calls.data;
  throw new AppError('VALIDATION_ERROR', `QUARTERDECK_CALLS_PER_SECOND is "${text}".`, { hint: 'Give a number from 1.' });
}

function readRedisUrl(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (/^rediss?:\/\//.test(text) && URL.canParse(text)) return text;
  // It may hold a password: it is not repeated.
  throw new AppError('VALIDATION_ERROR', 'QUARTERDECK_REDIS is no address of a Redis.', { hint: 'Write it as redis://USER:PASSWORD@HOST:PORT.' });
}

/** XDG base directories: state that should survive a restart but is not worth a backup. */
export function readStateDirectory(environment: Environment): string {
  const state = environment.XDG_STATE_HOME || join(environment.HOME || homedir(), '.local', 'state');
  return environment.QUARTERDECK_STATE || join(state, 'quarterdeck');
}
