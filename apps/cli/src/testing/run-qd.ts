import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { inRepository } from '../repository.ts';

export interface QdRun {
  code: number;
  out: string;
  err: string;
}

/** `qd` as a shell runs it, with pipes, on the cluster of the tests. The ledger of whoever runs them is not the place for what they do: `state` is. */
export function qdWith(state: string): (args: readonly string[], input?: string | Uint8Array) => Promise<QdRun> {
  const env = { ...process.env, KUBECONFIG: process.env.QD_TEST_KUBECONFIG, QUARTERDECK_STATE: state };
  return async (args, input = '') => {
    const child = spawn(process.execPath, [inRepository('bin/qd.js'), ...args], { env });
    const closed = once(child, 'close');
    child.stdin.on('error', () => undefined); // It may end before it has read everything.
    child.stdin.end(input);
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    await closed;
    return { code: child.exitCode ?? 1, out, err };
  };
}
