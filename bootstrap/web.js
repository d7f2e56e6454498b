import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inCheckout } from './checkout.js';
import { npmUnder } from './npm.js';
import { runStep } from './step.js';

/** What the built web app depends on. */
const sources = ['package-lock.json', 'tsconfig.base.json', 'apps/web', 'packages/contract'];
const notSources = new Set(['node_modules', 'dist', 'coverage']);

/**
 * Builds the web app where its sources are not those of the last build.
 * @param {import('./runtime.js').Runtime} runtime
 */
export async function ensureWebApp(runtime) {
  const stamp = inCheckout('apps', 'web', 'dist', '.sources');
  const wanted = fingerprint(sources.map((source) => inCheckout(source)));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const npm = npmUnder({ runtime, env: process.env, platform: process.platform, installed: process.execPath });
  await runStep({ id: 'web', title: 'Building the web app', command: npm.command, args: [...npm.args, 'run', 'build:web'], env: npm.env, cwd: inCheckout() });
  writeFileSync(stamp, wanted);
}

/**
 * One hash over names and contents, the same for the same files on every system. Tests do not count.
 * @param {readonly string[]} places files and folders
 */
export function fingerprint(places) {
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of filesIn(place))
      hash
        .update(`${path.relative(place, file).split(path.sep).join('/')}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function filesIn(place) {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(place, entry.name);
      if (entry.isDirectory()) return notSources.has(entry.name) ? [] : filesIn(full);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [full];
    });
}
