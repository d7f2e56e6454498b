import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface HelmCall {
  command: string;
  args: readonly string[];
  environment: Readonly<Record<string, string>>;
  workingDirectory: string;
  signal: AbortSignal;
  onLine(stream: 'stdout' | 'stderr', text: string): void;
}

/** Asked to stop, Helm marks the release as failed, and takes it back where it was told to; then its time is over. */
const graceMs = 20_000;
const hasGroups = process.platform !== 'win32';
/** A chart's notes may be long; a line is not. */
const maxLineLength = 10_000;

/** Runs Helm to its end without a shell and without input. Resolves with its exit code; null where a signal ended it. Rejects where it does not start. */
export function runHelm(call: HelmCall): Promise<number | null> {
  const { command, args, environment, workingDirectory, signal, onLine } = call;
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      env: { ...environment },
      cwd: workingDirectory,
      windowsHide: true,
      detached: hasGroups,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let forced: NodeJS.Timeout | null = null;
    const stop = () => {
      kill(child.pid, 'SIGTERM');
      forced = setTimeout(() => kill(child.pid, 'SIGKILL'), graceMs);
    };
    const done = () => {
      signal.removeEventListener('abort', stop);
      if (forced !== null) clearTimeout(forced);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    eachLine(child.stdout, (text) => onLine('stdout', text));
    eachLine(child.stderr, (text) => onLine('stderr', text));
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('close', (exitCode) => {
      done();
      resolve(exitCode);
    });
  });
}

function eachLine(stream: Readable, onLine: (text: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => onLine(line.slice(0, maxLineLength)));
}

function kill(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(hasGroups ? -pid : pid, signal);
  } catch (thrown) {
    // It ended by itself in this moment.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown;
  }
}
