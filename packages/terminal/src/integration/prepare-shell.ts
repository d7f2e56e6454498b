import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SpawnPreparation } from '../session/session-part.ts';

export interface ShellToPrepare {
  /** Of the session alone, 0700. */
  folder: string;
  /** Whether the person gave arguments of their own: then nothing is put between them and the shell. */
  ownArguments: boolean;
}

type Command = Pick<SpawnPreparation, 'file' | 'args' | 'env'>;

export interface PreparedShell extends Command {
  /** What authentic marks end with; empty where the shell is started as it is. */
  secret: string;
}

/** Where the scripts are, as they are shipped. */
const scripts = join(import.meta.dirname, 'scripts');

/** How each shell is made to read our script besides the user's own files. By the name of the program. */
const shells: Readonly<Record<string, (command: Command, login: boolean) => Command>> = {
  bash: withBash,
  zsh: withZsh,
  fish: (command) => withOptions(command, ['--init-command', `source ${quoted(join(scripts, 'quarterdeck.fish'))}`]),
  pwsh: (command) => withOptions(command, ['-NoExit', '-Command', `. '${join(scripts, 'quarterdeck.ps1').replaceAll("'", "''")}'`]),
};

/** Arguments that say no more than "a shell for a person to type into". */
const login = new Set(['-l', '--login', '-Login']);
const interactive = new Set(['-i', '--interactive', '-Interactive']);

/**
 * A shell that tells where its commands begin and end. None of the user's files is touched. The secret that its marks
 * end with comes in a file that the script removes, and never in the environment, which other processes can read. A shell
 * that is not known, or is started in a way of the user's own, stays as it is.
 */
export async function prepareShell(command: Command, { folder, ownArguments }: ShellToPrepare): Promise<PreparedShell> {
  const prepare = Object.hasOwn(shells, shellName(command.file)) ? shells[shellName(command.file)] : undefined;
  const trivial = command.args.every((argument) => login.has(argument) || interactive.has(argument));
  if (prepare === undefined || ownArguments || !trivial) return { ...command, secret: '' };
  const secret = randomBytes(24).toString('hex');
  const own = join(folder, 'shell');
  await mkdir(own, { recursive: true, mode: 0o700 });
  await writeFile(join(own, 'secret'), `${secret}\n`, { mode: 0o600, flag: 'wx' });
  const asLogin = command.args.some((argument) => login.has(argument));
  const prepared = prepare({ ...command, env: { ...command.env, QUARTERDECK_SHELL_FOLDER: own } }, asLogin);
  return { ...prepared, secret };
}

export function shellName(file: string): string {
  return basename(file)
    .replace(/^-/, '')
    .replace(/\.exe$/i, '')
    .toLowerCase();
}

/** Only a shell that is no login shell reads an `--init-file`: the script reads what a login shell would. */
function withBash({ file, args, env }: Command, asLogin: boolean): Command {
  const rest = args.filter((argument) => !login.has(argument));
  return {
    file,
    args: ['--init-file', join(scripts, 'quarterdeck.bash'), ...rest],
    env: asLogin ? { ...env, QUARTERDECK_SHELL_LOGIN: '1' } : env,
  };
}

function withZsh({ file, args, env }: Command): Command {
  const { ZDOTDIR: own, ...rest } = env;
  return { file, args, env: { ...rest, ...(own === undefined ? {} : { QUARTERDECK_ZDOTDIR: own }), ZDOTDIR: join(scripts, 'zsh') } };
}

function withOptions({ file, args, env }: Command, options: readonly string[]): Command {
  return { file, args: [...args, ...options], env };
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
