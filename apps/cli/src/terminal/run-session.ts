import { once } from 'node:events';
import type { ReadStream, WriteStream } from 'node:tty';
import type { ExecSession } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';

/** The streams of this process, or pipes in their place. */
export interface ProcessStreams {
  stdin: ReadStream;
  stdout: WriteStream;
  stderr: WriteStream;
}

export interface SessionUse {
  /** Whether what is typed or piped goes to the program. */
  stdin: boolean;
}

/**
 * Connects this terminal with a program in a container until it ends; its exit code is the result. With a terminal on
 * both sides every key goes to the program, Ctrl-C among them, and the terminal is put back however this ends.
 */
export async function runSession(session: ExecSession, streams: ProcessStreams, { stdin }: SessionUse): Promise<number> {
  const raw = session.tty && stdin && streams.stdin.isTTY ? rawMode(streams.stdin) : () => {};
  const stopSizes = session.tty && streams.stdout.isTTY ? followSize(session, streams.stdout) : () => {};
  const stopInput = stdin ? feed(session, streams) : () => {};
  try {
    await Promise.all([copy(session.stdout, streams.stdout), copy(session.stderr, streams.stderr)]);
    return (await session.status).exitCode;
  } finally {
    session.close();
    stopInput();
    stopSizes();
    raw();
  }
}

/** What was typed goes on as it is. Returns what puts the terminal back, which also happens when the process ends otherwise. */
function rawMode(terminal: ReadStream): () => void {
  const restore = () => {
    terminal.setRawMode(false);
  };
  terminal.setRawMode(true);
  process.once('exit', restore);
  return () => {
    process.off('exit', restore);
    restore();
  };
}

function followSize(session: ExecSession, terminal: WriteStream): () => void {
  const tell = (columns: number) => {
    session.resize(columns, terminal.rows).catch(() => undefined); // It has ended: its status says how.
  };
  // A size that changes makes a program that runs already draw itself again.
  tell(terminal.columns + 1);
  const onResize = () => tell(terminal.columns);
  onResize();
  terminal.on('resize', onResize);
  return () => terminal.off('resize', onResize);
}

/** Reads no faster than the program takes it. */
function feed(session: ExecSession, { stdin, stderr }: ProcessStreams): () => void {
  const onData = (chunk: Buffer) => {
    stdin.pause();
    session.write(chunk).then(
      () => stdin.resume(),
      () => undefined, // It has ended: its status says how.
    );
  };
  const onEnd = () => {
    session.end().catch((thrown: unknown) => {
      if (thrown instanceof AppError && thrown.code === 'UNSUPPORTED') stderr.write(`qd: ${thrown.message}\n    ${thrown.hint ?? ''}\n`);
    });
  };
  stdin.on('data', onData);
  stdin.once('end', onEnd);
  return () => {
    stdin.off('data', onData);
    stdin.off('end', onEnd);
    stdin.pause();
    // A pipe that stays open would keep this process.
    stdin.unref();
  };
}

async function copy(chunks: AsyncIterable<Uint8Array>, target: WriteStream): Promise<void> {
  for await (const chunk of chunks) if (!target.write(chunk)) await once(target, 'drain');
}
