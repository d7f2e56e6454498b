import path from 'node:path';
import type { BenchContext } from '../bench.ts';
import { MissingNeed } from '../bench.ts';
import { root, runChild } from './children.ts';

export interface SandboxCluster {
  name: string;
  kubeconfig: string;
}

/** A control plane of its own with played nodes. It is taken down with the bench unless `keep` is on. */
export async function startSandbox({ cleanup, tell }: BenchContext, name: string, nodes: number, keep: boolean): Promise<SandboxCluster> {
  const sandbox = (...args: string[]) => runChild(cleanup, process.execPath, [path.join(root, 'bin', 'qd.js'), 'sandbox', ...args, '--name', name]);
  tell(`starting the cluster ${name} with ${nodes} nodes`);
  if (!keep) cleanup.add(() => sandbox('down'));
  const { code } = await sandbox('up', '--control-plane', '--nodes', String(nodes), '--timeout', '10m');
  if (code === 3 || code === 12) throw new MissingNeed('a cluster of its own: the sandbox says above what this machine lacks.');
  if (code !== 0) throw new Error(`The cluster ${name} did not come up (code ${code}).`);
  const { stdout } = await sandbox('kubeconfig');
  return { name, kubeconfig: stdout.trim() };
}
