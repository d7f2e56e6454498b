import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './children.ts';
import type { Cleanup } from './cleanup.ts';
import { ProbedChild } from './probed-child.ts';

export interface Workbench {
  /** With the launch token. */
  url: string;
  process: ProbedChild;
}

/** The server as `qd start` runs it, on a free port and with a state directory of its own unless one is given, measured. `profile`: a folder for V8's CPU profile. */
export async function startMeasuredWorkbench(cleanup: Cleanup, kubeconfig: string, profile: string, given?: string): Promise<Workbench> {
  const state = given ?? (await mkdtemp(path.join(tmpdir(), 'quarterdeck-bench-')));
  if (given === undefined) cleanup.add(() => rm(state, { recursive: true, force: true }));
  const env = { ...process.env, PORT: '0', QUARTERDECK_STATE: state, KUBECONFIG: kubeconfig, KUBE_CONTEXT: '', QUARTERDECK_CALLS_PER_SECOND: '1000000' };
  const nodeArgs = profile === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const measured = new ProbedChild(cleanup, [path.join(root, 'apps', 'server', 'src', 'main.ts')], env, nodeArgs);
  return { url: await firstLine(measured, 'http://'), process: measured };
}

/** The first line of standard output that begins so. Rejects when the process ends without. */
export async function firstLine({ child }: ProbedChild, begin: string): Promise<string> {
  if (child.stdout === null) throw new Error('The process has no standard output.');
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith(begin)) return line.trim();
  throw new Error('The process ended before it said what was waited for.');
}
