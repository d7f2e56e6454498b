import { write } from 'node:fs';
import { constants } from 'node:os';
import { AppError, type TerminalExit } from '@quarterdeck/contract';
import { type IPty, spawn } from 'node-pty';
import type { WriteBytes } from './input-writer.ts';

export interface PtyRequest {
  file: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  columns: number;
  rows: number;
}

/** A program in a terminal of the system. */
export interface Pty {
  readonly pid: number;
  /** The descriptor of the master; -1 where there is none (Windows). */
  readonly fd: number;
  /** The terminal's own path: /dev/pts/7; empty where it has none. */
  readonly path: string;
  write: WriteBytes;
  resize(columns: number, rows: number, pixels: { width: number; height: number }): void;
  pause(): void;
  resume(): void;
  /** Lets go of the terminal; what runs in it is hung up. */
  close(): void;
}

export interface PtyEvents {
  onData(bytes: Buffer): void;
  onExit(exit: TerminalExit): void;
}

export type OpenPty = (request: PtyRequest, events: PtyEvents) => Pty;

/** Throws UNSUPPORTED where the program can't be started. */
export const openPty: OpenPty = (request, events) => {
  const pty = start(request);
  // Without an encoding the library gives bytes, whatever its types say.
  pty.onData((data: unknown) => events.onData(Buffer.isBuffer(data) ? data : Buffer.from(String(data))));
  pty.onExit(({ exitCode, signal }) => events.onExit(exitOf(exitCode, signal)));
  const fd = numberIn(pty, 'fd');
  return {
    pid: pty.pid,
    fd,
    path: textIn(pty, 'ptsName'),
    write: fd === -1 ? writeThrough(pty) : writeTo(fd),
    resize: (columns, rows, pixels) => pty.resize(columns, rows, pixels),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    close: () => pty.kill(),
  };
};

function start({ file, args, env, cwd, columns, rows }: PtyRequest): IPty {
  try {
    return spawn(file, [...args], { name: 'xterm-256color', cols: columns, rows, cwd, env: { ...env }, encoding: null });
  } catch (cause) {
    throw new AppError('UNSUPPORTED', `${file} can't be started in a terminal.`, { hint: cause instanceof Error ? cause.message : String(cause), cause });
  }
}

/** Straight to the kernel: the library tries again without rest where a program does not read. */
function writeTo(fd: number): WriteBytes {
  return (bytes) => new Promise((resolve, reject) => write(fd, bytes, (failure, written) => (failure === null ? resolve(written) : reject(failure))));
}

/** ConPTY (Windows) is no descriptor: the library writes to a pipe, which waits by itself. */
function writeThrough(pty: IPty): WriteBytes {
  return async (bytes) => {
    pty.write(Buffer.from(bytes));
    return bytes.byteLength;
  };
}

/** A signal number of 0 or none: it ended by itself. */
export function exitOf(exitCode: number, signal: number | undefined): TerminalExit {
  if (signal === undefined || signal === 0) return { code: exitCode, signal: null };
  const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
  return { code: null, signal: name ?? String(signal) };
}

function numberIn(pty: IPty, key: string): number {
  const value: unknown = Reflect.get(pty, key);
  return typeof value === 'number' ? value : -1;
}

function textIn(pty: IPty, key: string): string {
  const value: unknown = Reflect.get(pty, key);
  return typeof value === 'string' ? value : '';
}
