import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { testKubeconfig } from './environment.ts';

const root = path.join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** The sandbox's own kubectl on the cluster of the tests. Rejects with what it wrote to standard error. */
export async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [path.join(root, 'bin', 'qd.js'), 'sandbox', 'kubectl', `--kubeconfig=${testKubeconfig()}`, ...args]);
  return stdout;
}

/** Runs a command as a person would who pasted it into a shell, where `kubectl` is the one above. */
export async function paste(command: string): Promise<string> {
  const program = [process.execPath, path.join(root, 'bin', 'qd.js'), 'sandbox', 'kubectl', `--kubeconfig=${testKubeconfig()}`];
  const { stdout } = await run('sh', ['-c', `kubectl() { ${program.map((word) => `'${word}'`).join(' ')} "$@"; }\n${command}`]);
  return stdout;
}

export function scenarioFile(scenario: string, file = 'manifest.yaml'): string {
  return path.join(root, 'sandbox', 'scenarios', scenario, file);
}

/** Applies a fault scenario for the life of the returned object; its namespace is gone when the disposal is done. */
export async function scenario(id: string): Promise<AsyncDisposable> {
  await removeNamespace(id);
  await kubectl('apply', '-f', scenarioFile(id));
  return { [Symbol.asyncDispose]: () => removeNamespace(id) };
}

async function removeNamespace(name: string): Promise<void> {
  await kubectl('delete', 'namespace', name, '--ignore-not-found', '--wait=true', '--timeout=90s');
}
