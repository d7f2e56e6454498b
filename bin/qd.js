#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
// As a whole: Node 20 does not have what is used of it, and is answered below.
import nodeModule from 'node:module';
import { pathToFileURL } from 'node:url';
import { inCheckout } from '../bootstrap/checkout.js';
import { superviseChild } from '../bootstrap/child.js';
import { decideRuntime, findFetched } from '../bootstrap/runtime.js';

const program = inCheckout('apps', 'cli', 'src', 'main.ts');
/** What was compiled once: without it every command would compile some hundred sources anew. */
const compiled = inCheckout('.node', 'compiled');
const target = `${process.platform}-${process.arch}`;
const decision = decideRuntime({
  running: { program: process.execPath, version: process.version },
  fetched: findFetched(inCheckout('.node'), target),
  target,
});

if (!('use' in decision)) {
  refuse(`Node 24 or newer is needed, and this is ${process.version}.`);
} else if (!existsSync(inCheckout('node_modules', 'commander'))) {
  refuse('Its dependencies are not installed.');
} else if (decision.use.fetched) {
  process.exitCode = await superviseChild(
    spawn(decision.use.program, [program, ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, NODE_COMPILE_CACHE: compiled } }),
  );
} else {
  nodeModule.enableCompileCache(compiled);
  await import(pathToFileURL(program).href);
}

/** @param {string} what */
function refuse(what) {
  process.stderr.write(`qd: ${what}\n    Run \`npm run setup\` in ${inCheckout()} once: it fetches what is missing.\n`);
  process.exitCode = 12;
}
