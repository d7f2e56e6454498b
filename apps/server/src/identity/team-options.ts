import { readFile } from 'node:fs/promises';
import { AppError, emailSchema, passwordSchema } from '@quarterdeck/contract';
import type { Environment } from '../config/options.ts';
import { isForTrying } from './demo-team.ts';
import { type OidcOptions, type ReadVariable, readOidcOptions } from './oidc-options.ts';

export interface TeamOptions {
  /** The first account, made where there is none yet; null where a person makes it with the setup token. */
  admin: { email: string; password: string } | null;
  /** Null where people log in with passwords alone. */
  oidc: OidcOptions | null;
  /** Whether there are two accounts to try it with; see `makeDemoAccounts`. */
  demo: boolean;
}

/** What says whether a team is only to be tried. */
export interface TeamPlace {
  host: string;
  /** Null where it is for this machine alone. */
  publicUrl: string | null;
  sources: Parameters<typeof isForTrying>[0];
}

/**
 * QUARTERDECK_ADMIN_* and QUARTERDECK_OIDC_*, each also as NAME_FILE with a file that holds the value. Where none of them is
 * set, and there is nothing but the demo or sandboxes on this machine alone, it is a team to be tried. Throws VALIDATION_ERROR.
 */
export async function readTeamOptions(environment: Environment, { host, publicUrl, sources }: TeamPlace): Promise<TeamOptions> {
  const read = variables(environment);
  const [admin, oidc] = [await readAdmin(read), await readOidcOptions(read)];
  const onThisMachine = publicUrl === null && ['127.0.0.1', '::1'].includes(host);
  const demo = admin === null && oidc === null && onThisMachine && isForTrying(sources);
  return { admin, oidc, demo };
}

function variables(environment: Environment): ReadVariable {
  return async (name) => {
    const file = environment[`${name}_FILE`];
    if (!file) return environment[name] || null;
    try {
      return (await readFile(file, 'utf8')).trim() || null;
    } catch (cause) {
      throw new AppError('VALIDATION_ERROR', `The file that ${name}_FILE names can't be read.`, { hint: `Check ${file} and its rights.`, cause });
    }
  };
}

async function readAdmin(read: ReadVariable): Promise<TeamOptions['admin']> {
  const email = await read('QUARTERDECK_ADMIN_EMAIL');
  const password = await read('QUARTERDECK_ADMIN_PASSWORD');
  if (email === null && password === null) return null;
  if (!emailSchema.safeParse(email).success) {
    throw new AppError('VALIDATION_ERROR', 'QUARTERDECK_ADMIN_EMAIL is no e-mail address.', { hint: 'Set it beside QUARTERDECK_ADMIN_PASSWORD.' });
  }
  // What is wrong with it is told without repeating it.
  if (!passwordSchema.safeParse(password).success) {
    throw new AppError('VALIDATION_ERROR', 'QUARTERDECK_ADMIN_PASSWORD is missing or has fewer than 12 characters.', {
      hint: 'Set it, or let QUARTERDECK_ADMIN_PASSWORD_FILE name a file that holds it.',
    });
  }
  return { email: email ?? '', password: password ?? '' };
}
