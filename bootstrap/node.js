import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inCheckout } from './checkout.js';
import { npmUnder } from './npm.js';
import { decideRuntime, findFetched } from './runtime.js';
import { runStep, StepFailure } from './step.js';

const target = `${process.platform}-${process.arch}`;
const running = { program: process.execPath, version: process.version };
const folder = inCheckout('.node');

/**
 * A Node that runs the sources; fetches one into the checkout where the running one is too old.
 * @returns {Promise<import('./runtime.js').Runtime>}
 * @throws {StepFailure}
 */
export async function ensureNode() {
  const decision = decideRuntime({ running, fetched: findFetched(folder, target), target });
  if ('use' in decision) return decision.use;
  const hint = 'Install Node 24 or newer by hand and run it again.';
  if ('unavailable' in decision) throw new StepFailure(decision.unavailable, { hint });
  await fetchNode(decision.fetch);
  const fetched = findFetched(folder, target);
  if (fetched === null || !(await starts(fetched.program))) {
    throw new StepFailure(`The fetched Node ${decision.fetch.version} does not start on this system.`, { hint });
  }
  return fetched;
}

/** @param {{ name: string, version: string }} wanted */
async function fetchNode({ name, version }) {
  const npm = npmUnder({ runtime: { ...running, fetched: false }, env: process.env, platform: process.platform, installed: running.program });
  await runStep({
    id: 'node',
    title: `Fetching Node ${version}`,
    note: `once, about 50 MB; ${process.version} is installed, and 24 is needed`,
    command: npm.command,
    args: [...npm.args, 'install', '--prefix', folder, '--no-save', '--no-package-lock', '--ignore-scripts', `${name}@${version}`],
    env: npm.env,
    cwd: inCheckout(),
  });
}

/** @param {string} program */
async function starts(program) {
  return promisify(execFile)(program, ['--version']).then(
    () => true,
    () => false,
  );
}
