import { readFileSync } from 'node:fs';
import { inCheckout } from './checkout.js';
import { npmUnder } from './npm.js';
import { runStep } from './step.js';

/**
 * As much of a package-lock.json as is compared.
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }> }} Lock
 */

/**
 * Whether what is installed is not what the lock asks for. npm records what it installed in the same form as the lock,
 * so a developer's own `npm install` counts too. Optional packages may be missing: they are other platforms' binaries.
 * @param {Lock} lock
 * @param {Lock | null} installed null where nothing is installed
 */
export function isInstallStale(lock, installed) {
  if (installed === null) return true;
  return Object.entries(lock.packages).some(([folder, wanted]) => {
    if (folder === '') return false;
    const found = installed.packages[folder];
    if (found === undefined) return !(wanted.optional || wanted.devOptional || wanted.peer);
    return found.version !== wanted.version;
  });
}

/**
 * Installs the dependencies where they are missing or not those of package-lock.json.
 * @param {import('./runtime.js').Runtime} runtime
 */
export async function ensureDependencies(runtime) {
  const lock = readLock('package-lock.json');
  if (lock !== null && !isInstallStale(lock, readLock('node_modules', '.package-lock.json'))) return;
  const npm = npmUnder({ runtime, env: process.env, platform: process.platform, installed: process.execPath });
  await runStep({ id: 'install', title: 'Installing the dependencies', command: npm.command, args: [...npm.args, 'ci'], env: npm.env, cwd: inCheckout() });
}

/**
 * @param {string[]} parts
 * @returns {Lock | null}
 */
function readLock(...parts) {
  try {
    return JSON.parse(readFileSync(inCheckout(...parts), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
