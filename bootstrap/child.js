import { constants } from 'node:os';

/** Who started this program; another one later means that the first is gone. */
const parent = process.ppid;

/**
 * Waits for a child, hands it the signals that end this program, and gives its exit code as a shell would.
 * A terminal sends Ctrl-C to parent and child alike, so it is handed on only where there is none. npm ends no more than
 * the shell between itself and this program, so under npm the loss of the parent ends the child too.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export async function superviseChild(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const handOn = (/** @type {NodeJS.Signals} */ signal) => {
    if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
  };
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) child.kill('SIGTERM');
  }, 1000);
  for (const signal of signals) process.on(signal, handOn);
  try {
    return await exitOf(child);
  } finally {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, handOn);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
  });
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
