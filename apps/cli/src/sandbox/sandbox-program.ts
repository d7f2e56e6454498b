import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { inRepository } from '../repository.ts';

/** Files that the program can do without: its scenarios are read from the folder (`scenarioFolder`). */
const notInProgram = /(_test\.go|\.md|scenarios[/\\][^/\\]+[/\\][^/\\]+|\.py)$/;

/**
 * The sandbox program of these sources: the one that was built before, or a new one.
 * Throws UNSUPPORTED where Go is missing or the build fails, and CANCELLED.
 * @returns its path
 */
export async function ensureSandboxProgram(context: CommandContext): Promise<string> {
  const sources = inRepository('sandbox');
  const program = programPath(context.environment, await hashSources(sources));
  if (!existsSync(program)) await build(sources, program, context);
  return program;
}

/** The scenarios as they are now, so that a new one needs no new program; a folder of the environment goes before. */
export function scenarioFolder(environment: CommandContext['environment']): string {
  return environment.SCENARIOS || inRepository('sandbox/scenarios');
}

/** Where the program of these sources lies: QUARTERDECK_CACHE, else the user's cache folder. */
export function programPath(environment: CommandContext['environment'], hash: string): string {
  const cache = environment.QUARTERDECK_CACHE || join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'quarterdeck');
  return join(cache, 'sandbox', `qd-sandbox-${hash}${process.platform === 'win32' ? '.exe' : ''}`);
}

/** The same for the same files, wherever they lie. */
export async function hashSources(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of files.filter((path) => !notInProgram.test(path)).sort())
    hash
      .update(`${file.slice(folder.length)}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex').slice(0, 12);
}

async function build(sources: string, program: string, { runChild, err, now, signal }: CommandContext): Promise<void> {
  await requireGo(runChild);
  await mkdir(dirname(program), { recursive: true });
  err.write('Building the sandbox from its Go sources: once, a few minutes where Go has not built it before …\n');
  const started = now();
  const unfinished = `${program}.${process.pid}`;
  const code = await runChild({
    command: 'go',
    args: ['build', '-o', unfinished, '.'],
    env: { CGO_ENABLED: '0' },
    workingDirectory: sources,
    output: 'stderr',
  });
  signal.throwIfAborted();
  if (code !== 0)
    throw new AppError('UNSUPPORTED', 'The sandbox could not be built.', { hint: 'What Go says above tells why; it needs the network for its modules.' });
  await rename(unfinished, program);
  err.write(`Built in ${Math.round((now() - started) / 1000)} s: ${program}\n`);
}

async function requireGo(runChild: CommandContext['runChild']): Promise<void> {
  const code = await runChild({ command: 'go', args: ['version'], output: 'ignore' }).catch(() => null);
  if (code === 0) return;
  throw new AppError('UNSUPPORTED', 'Go is not installed, and the sandbox is built from source.', {
    hint: 'Install Go 1.26 or newer (go.dev/doc/install), see that `go version` answers, and run it again.',
  });
}
