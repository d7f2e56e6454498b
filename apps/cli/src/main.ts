import { on } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { WriteStream } from 'node:tty';
import type { CommandContext, Input, Output } from './context.ts';
import { runChild } from './processes/run-child.ts';
import { runCli } from './program.ts';

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interruption.abort(name));

// A reader that has seen enough (`qd issues | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

function outputOf(stream: WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    columns: stream.isTTY ? stream.columns : null,
    colour: stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  };
}

/** Takes the echo of what is typed. */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

const input: Input = {
  isTerminal: process.stdin.isTTY === true,
  readAll: () => text(process.stdin),
  async ask(question, { hidden = false } = {}) {
    if (hidden) process.stderr.write(question);
    const terminal = createInterface({ input: process.stdin, ...(hidden ? { output: nowhere(), terminal: true } : { output: process.stderr }) });
    try {
      return await terminal.question(hidden ? '' : question, { signal: interruption.signal });
    } finally {
      terminal.close();
      if (hidden) process.stderr.write('\n');
    }
  },
};

async function* keysOf(signal: AbortSignal): AsyncGenerator<string> {
  const { stdin } = process;
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    for await (const [pressed] of on(stdin, 'data', { signal })) yield* String(pressed).startsWith('\u001b') ? [String(pressed)] : [...String(pressed)];
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true && process.env.TERM !== 'dumb';

const context: CommandContext = {
  out: outputOf(process.stdout),
  err: outputOf(process.stderr),
  input,
  terminal: isTerminal ? { rows: () => process.stdout.rows, keys: keysOf } : null,
  environment: process.env,
  signal: interruption.signal,
  now: Date.now,
  // Loaded when it is needed: a command that reads no cluster starts in half the time without it.
  openAccess: async (choice) => (await import('./cluster/open-access.ts')).openAccess(choice, interruption.signal),
  openActs: async (cluster) => (await import('./ledger/open-acts.ts')).openActs(cluster, context),
  runSelf: (args) => runCli(args, context),
  runChild: (program) => runChild(program, interruption.signal),
};

process.exitCode = await runCli(process.argv.slice(2), context);
