import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { logFile } from './checkout.js';

/** A step of the preparation that failed: one sentence for the person, with what to do and where the log is. */
export class StepFailure extends Error {
  /**
   * @param {string} message
   * @param {{ hint: string, log?: string }} options
   */
  constructor(message, { hint, log }) {
    super(message);
    this.name = 'StepFailure';
    this.hint = hint;
    this.log = log;
  }
}

/**
 * @typedef {object} Step
 * @property {string} id also the name of its log
 * @property {string} title in the -ing form: `Installing the dependencies`
 * @property {string} [note] what a waiting person wants to know: why, how long
 * @property {string} command
 * @property {readonly string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {string} cwd
 */

/**
 * Runs one step with its output in a log and its progress on one line of stderr.
 * @param {Step} step
 * @returns {Promise<void>}
 * @throws {StepFailure} when the command does not end with 0
 */
export async function runStep(step) {
  const log = logFile(step.id);
  mkdirSync(path.dirname(log), { recursive: true });
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const stop = showProgress([step.title, step.note].filter(Boolean).join(': '), seconds);
  const outcome = await runLogged(step, log);
  if (outcome === 0) return stop(`${step.title}: done in ${seconds()} s`);
  stop(`${step.title}: failed after ${seconds()} s`);
  throw explainFailure(step.title, outcome, readFileSync(log, 'utf8'), log);
}

/**
 * @param {string} title
 * @param {number | string} outcome an exit code, or why the command did not start
 * @param {string} output
 * @param {string} log
 */
export function explainFailure(title, outcome, output, log) {
  if (/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/.test(output)) {
    return new StepFailure(`${title} failed: the npm registry cannot be reached.`, {
      hint: 'Check the network connection or the proxy settings of npm, and run it again.',
      log,
    });
  }
  if (/\bENOSPC\b/.test(output)) {
    return new StepFailure(`${title} failed: the disk is full.`, { hint: 'Free some space and run it again.', log });
  }
  const how = typeof outcome === 'number' ? `it ended with code ${outcome}` : outcome;
  return new StepFailure(`${title} failed: ${how}.`, { hint: 'Read the end of the log, mend what it names, and run it again.', log });
}

/**
 * @param {Step} step
 * @param {string} log
 * @returns {Promise<number | string>}
 */
function runLogged(step, log) {
  const output = openSync(log, 'w');
  return new Promise((resolve) => {
    const child = spawn(step.command, step.args, { cwd: step.cwd, env: step.env, stdio: ['ignore', output, output] });
    child.once('error', (error) => resolve(`${step.command} did not start (${error.message})`));
    child.once('close', (code, signal) => resolve(code ?? `it was ended by ${signal}`));
  }).finally(() => closeSync(output));
}

/**
 * @param {string} title
 * @param {() => number} seconds
 * @returns {(last: string) => void} ends the line
 */
function showProgress(title, seconds) {
  const { stderr } = process;
  if (!stderr.isTTY) {
    stderr.write(`${title} …\n`);
    return (last) => void stderr.write(`${last}\n`);
  }
  const draw = () => stderr.write(`\r\x1b[K${title} … ${seconds()} s`);
  draw();
  const timer = setInterval(draw, 1000);
  return (last) => {
    clearInterval(timer);
    stderr.write(`\r\x1b[K${last}\n`);
  };
}

/**
 * Runs a program of `bootstrap/` and turns a failed step into its sentence and exit code 1.
 * @param {() => Promise<number>} main resolves to the exit code
 */
export async function runProgram(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    process.stderr.write(`${error.message}\n  ${error.hint}\n${error.log === undefined ? '' : `  Log: ${error.log}\n`}`);
    process.exitCode = 1;
  }
}
