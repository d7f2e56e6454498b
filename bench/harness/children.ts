import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Cleanup } from './cleanup.ts';

export const root = path.join(import.meta.dirname, '..', '..');

/** A child that is ended with the bench: by SIGTERM, and by SIGKILL if it does not follow within five seconds. */
export function startChild(cleanup: Cleanup, command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, [...args], options);
  cleanup.add(() => endChild(child));
  return child;
}

export async function endChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(force);
}

export interface Output {
  code: number;
  stdout: string;
}

/** Runs a program to its end; what it says on standard error goes to ours. Rejects only where it can't be started. */
export async function runChild(cleanup: Cleanup, command: string, args: readonly string[], options: SpawnOptions = {}): Promise<Output> {
  const child = startChild(cleanup, command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], ...options });
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : 1, stdout };
}
