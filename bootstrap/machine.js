import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { inCheckout } from './checkout.js';

const run = promisify(execFile);

/** Where Debian, Ubuntu, Fedora and Arch put Chromium. */
const chromiumPrograms = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** @returns {Promise<boolean>} */
export function hasGo() {
  return run('go', ['version']).then(
    () => true,
    () => false,
  );
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
export function findChromium(env) {
  const candidates = env.CHROMIUM ? [env.CHROMIUM] : chromiumPrograms;
  return candidates.find((program) => existsSync(program)) ?? null;
}

/**
 * The cluster that the tests run on: the one that QD_TEST_KUBECONFIG names, one that can be started, or none.
 * @param {{ node: string, env: NodeJS.ProcessEnv, go: boolean }} machine
 * @returns {Promise<import('./rings.js').Machine['cluster']>}
 */
export async function findCluster({ node, env, go }) {
  if (env.QD_TEST_KUBECONFIG) return { kubeconfig: env.QD_TEST_KUBECONFIG };
  if (process.platform !== 'linux') return { missing: 'the sandbox needs Linux; QD_TEST_KUBECONFIG may name another cluster' };
  if (!go) return { missing: 'the sandbox needs Go; QD_TEST_KUBECONFIG may name another cluster' };
  const { stdout } = await run(node, [inCheckout('bin', 'qd.js'), 'sandbox', 'capabilities', '--output', 'json'], { maxBuffer: 1 << 24 });
  return clusterFrom(JSON.parse(stdout));
}

/**
 * Reads the sandbox's own word on what it can run here.
 * @param {{ mode: string, can: boolean, missing?: string[], install?: string }[]} abilities
 * @returns {import('./rings.js').Machine['cluster']}
 */
export function clusterFrom(abilities) {
  const real = abilities.find((ability) => ability.mode === 'node');
  if (real?.can) return { kubeconfig: null };
  const install = real?.install === undefined ? '' : ` (${real.install})`;
  return { missing: `the sandbox lacks ${(real?.missing ?? ['a real node']).join(' and ')}${install}` };
}
