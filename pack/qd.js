#!/usr/bin/env node
// As a whole: an older Node does not have what is used of it, and is answered below.
import nodeModule from 'node:module';

const needed = 24;
const running = Number(process.versions.node.split('.')[0]);

if (running < needed) {
  process.stderr.write(
    `qd: Node ${needed} or newer is needed, and this is ${process.version}.\n    Run it as \`npx --package node@${needed} --package quarterdeck quarterdeck\`, or install Node ${needed}.\n`,
  );
  process.exitCode = 12;
} else {
  // What was compiled once: without it every command would compile some hundred files anew.
  nodeModule.enableCompileCache();
  await import('../apps/cli/src/main.js');
}
