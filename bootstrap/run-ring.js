import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inCheckout } from './checkout.js';
import { superviseChild } from './child.js';
import { fromGo, fromVitest } from './results.js';

/**
 * Runs one ring with its output on the terminal.
 * @param {import('./rings.js').Ring} ring
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./results.js').Result>}
 */
export function runRing(ring, node, env) {
  if (ring === 'sandbox') return runGoTests(['./...'], env);
  return ring === 'supervisor' ? runSupervisorTests(env) : runVitest(ring, node, env);
}

/**
 * @param {string} project
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
async function runVitest(project, node, env) {
  const report = inCheckout('.node', 'test', `${project}.json`);
  mkdirSync(inCheckout('.node', 'test'), { recursive: true });
  rmSync(report, { force: true });
  const args = [
    'run',
    '--project',
    project,
    '--project',
    `${project}-exclusive`,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await superviseChild(spawn(node, [inCheckout('node_modules', 'vitest', 'vitest.mjs'), ...args], { cwd: inCheckout(), env, stdio: 'inherit' }));
  return readReport(report, code);
}

/**
 * @param {string} report
 * @param {number} code
 * @returns {import('./results.js').Result}
 */
function readReport(report, code) {
  try {
    return fromVitest(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    process.stderr.write(`vitest ended with code ${code} and left no report (${error instanceof Error ? error.message : error}).\n`);
    return { passed: 0, failed: 1, skippedTests: [] };
  }
}

/**
 * Starts nodes of its own, kills their parts and looks for what is left. Built once, as every test would build it anew.
 * @param {NodeJS.ProcessEnv} env
 */
async function runSupervisorTests(env) {
  const program = inCheckout('.node', 'test', 'qd-sandbox');
  const build = spawn('go', ['build', '-o', program, '.'], { cwd: inCheckout('sandbox'), env: { ...env, CGO_ENABLED: '0' }, stdio: 'inherit' });
  if ((await superviseChild(build)) !== 0) return { passed: 0, failed: 1, skippedTests: [] };
  return runGoTests(['-tags', 'integration', './internal/supervisor'], { ...env, QD_SANDBOX: program });
}

/**
 * @param {readonly string[]} what arguments of `go test`
 * @param {NodeJS.ProcessEnv} env
 */
async function runGoTests(what, env) {
  const child = spawn('go', ['test', '-json', ...what], {
    cwd: inCheckout('sandbox'),
    env: { ...env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    output += text;
  });
  const code = await superviseChild(child);
  const result = fromGo(output);
  if (result.failed > 0) process.stdout.write(outputOfFailures(output));
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
}

/**
 * What `go test` would have printed; shown only when something failed.
 * @param {string} output
 */
function outputOfFailures(output) {
  const events = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  return events.map((event) => event.Output ?? '').join('');
}
