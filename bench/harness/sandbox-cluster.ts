import path from 'node:path';
import { type BenchContext, MissingNeed } from '../bench.ts';
import { root, runChild } from './children.ts';

export interface SandboxCluster {
  name: string;
  kubeconfig: string;
}

export interface SandboxWish {
  /** A control plane whose nodes are played; left out: one real node. */
  playedNodes?: number;
  /** DNS and metrics, on a real node. */
  addons: boolean;
  /** It stays up after the bench. */
  keep: boolean;
}

/** A cluster of the bench's own, taken down with it unless it is to be kept. */
export async function startSandbox({ cleanup, tell }: BenchContext, name: string, { playedNodes, addons, keep }: SandboxWish): Promise<SandboxCluster> {
  const sandbox = (...args: string[]) => runChild(cleanup, process.execPath, [path.join(root, 'bin', 'qd.js'), 'sandbox', ...args, '--name', name]);
  const kind = playedNodes === undefined ? ['--with', 'node'] : ['--control-plane', '--nodes', String(playedNodes)];
  tell(`starting the cluster ${name}`);
  if (!keep) cleanup.add(() => sandbox('down'));
  const { code } = await sandbox('up', ...kind, ...(addons ? [] : ['--no-addons']), '--timeout', '10m');
  if (code === 3 || code === 12) throw new MissingNeed('a cluster of its own: the sandbox says above what this machine lacks.');
  if (code !== 0) throw new Error(`The cluster ${name} did not come up (code ${code}).`);
  const { stdout } = await sandbox('kubeconfig');
  return { name, kubeconfig: stdout.trim() };
}
