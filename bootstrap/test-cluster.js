import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { inCheckout } from './checkout.js';
import { superviseChild } from './child.js';
import { StepFailure } from './step.js';

const name = 'test';

/**
 * Starts the sandbox cluster of the tests, hands its kubeconfig to `use`, and ends it whatever happens.
 * @template T
 * @param {string} node
 * @param {(kubeconfig: string) => Promise<T>} use
 * @returns {Promise<T>}
 * @throws {StepFailure} where it does not come up
 */
export async function withTestCluster(node, use) {
  try {
    const code = await sandbox(node, ['up']);
    if (code !== 0)
      throw new StepFailure(`The sandbox cluster did not come up (code ${code}).`, { hint: `See what it says above and \`qd sandbox logs --name ${name}\`.` });
    const { stdout } = await promisify(execFile)(node, [inCheckout('bin', 'qd.js'), 'sandbox', 'kubeconfig', '--name', name]);
    return await use(stdout.trim());
  } finally {
    await sandbox(node, ['down']);
  }
}

/**
 * @param {string} node
 * @param {string[]} args
 */
function sandbox(node, args) {
  return superviseChild(spawn(node, [inCheckout('bin', 'qd.js'), 'sandbox', ...args, '--name', name], { stdio: ['ignore', 2, 2] }));
}
