import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const main = path.join(import.meta.dirname, '..', '..', 'apps', 'server', 'src', 'main.ts');

export interface Workbench extends AsyncDisposable {
  /** With the launch token in it. */
  url: string;
  /** What a line that it has printed, or prints within some seconds, has to say. */
  told(pattern: RegExp): Promise<RegExpExecArray>;
  /** Ends it as a crash does: nothing is put in order. */
  crash(): Promise<void>;
}

/** The real server as `npm start` runs it, on a free port, with a state directory of its own; ended by SIGTERM. */
export async function startWorkbench(environment: Record<string, string>, args: string[] = []): Promise<Workbench> {
  const state = await mkdtemp(path.join(tmpdir(), 'quarterdeck-e2e-'));
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, PORT: '0', QUARTERDECK_STATE: state, KUBE_CONTEXT: '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = async () => {
    await stop(child);
    await rm(state, { recursive: true, force: true });
  };
  const told = listen(child);
  try {
    const [url] = await told(/^http:\/\/\S+/);
    return { url, told, crash: () => stop(child, 'SIGKILL'), [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

const patienceMs = 60_000;

/** Finds lines of what a server prints. */
function listen(child: ChildProcess): Workbench['told'] {
  if (child.stdout === null) throw new Error('The server has no standard output.');
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return async (pattern) => {
    for (let waited = 0; waited < patienceMs; waited += 100) {
      const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null);
      if (found != null) return found;
      if (child.exitCode !== null) break;
      await delay(100);
    }
    throw new Error(`The server did not print ${pattern}, but:\n${lines.join('\n')}`);
  };
}

async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
