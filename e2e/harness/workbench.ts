import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const main = path.join(import.meta.dirname, '..', '..', 'apps', 'server', 'src', 'main.ts');

export interface Workbench extends AsyncDisposable {
  /** With the launch token in it. */
  url: string;
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
  try {
    return { url: await firstUrl(child), [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function firstUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The server has no standard output.');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http://')) return line.trim();
  }
  throw new Error('The server ended without printing its address.');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
