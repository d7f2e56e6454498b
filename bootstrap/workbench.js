import { spawn } from 'node:child_process';
import { browserCommand, urlIn } from './browser.js';
import { inCheckout } from './checkout.js';
import { superviseChild } from './child.js';

/**
 * Runs the server until it is ended, shows what it prints, and opens its address in a browser where there is one.
 * @param {string} node the program that runs the sources
 * @param {readonly string[]} args for the server
 * @returns {Promise<number>} the server's exit code
 */
export async function runWorkbench(node, args) {
  const child = spawn(node, [inCheckout('apps', 'server', 'src', 'main.ts'), ...args], { stdio: ['inherit', 'pipe', 'inherit'] });
  const browser = browserCommand({ platform: process.platform, env: process.env, terminal: process.stdout.isTTY === true });
  let seen = browser === null ? null : '';
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    process.stdout.write(text);
    if (browser === null || seen === null) return;
    seen += text;
    const url = urlIn(seen);
    if (url === null) return;
    seen = null;
    open(browser, url);
  });
  return superviseChild(child);
}

/**
 * A browser that does not start is no reason to stop: the address is on the screen.
 * @param {readonly [string, ...string[]]} command
 * @param {string} url
 */
function open([program, ...args], url) {
  const opener = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  opener.once('error', (error) => process.stderr.write(`The browser did not open (${error.message}); open the address above.\n`));
  opener.unref();
}
