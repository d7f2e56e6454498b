import { type ChildProcess, spawn } from 'node:child_process';

export interface ProgramCall {
  /** A path, or a name that is looked for in PATH. */
  command: string;
  args: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  /** Default: this process's own. */
  workingDirectory?: string;
  timeoutMs: number;
  /** Of standard output; of standard error the same amount is kept, its end. */
  maxOutputBytes: number;
  /** Gives it the terminal of this process: it reads from there, and what it writes to standard error is seen there and not collected. */
  terminal?: boolean;
  /** Told the end of standard error whenever there is more of it. */
  onStderr?(text: string): void;
  signal: AbortSignal;
}

/** `exitCode` is null where a signal ended the program; `code` is the system's (ENOENT, EACCES). */
export type ProgramEnd =
  | { state: 'exited'; exitCode: number | null; stdout: string; stderr: string }
  | { state: 'notStarted'; code: string }
  | { state: 'timedOut' | 'tooMuchOutput' | 'aborted'; stderr: string };

export type RunProgram = (call: ProgramCall) => Promise<ProgramEnd>;

/** A program of its own group is ended with all that it started: plug-ins are often scripts around other programs. */
const hasGroups = process.platform !== 'win32';

type Stopped = 'timedOut' | 'tooMuchOutput' | 'aborted';

/** A child of the program may keep its pipes open after its end: what was written until then is the answer. */
const pipesCloseMs = 500;

/** Runs a program without a shell and, but for a terminal, without input, to its end or until a limit stops it. Never rejects. */
export const runProgram: RunProgram = (call) =>
  new Promise((resolve) => {
    if (call.signal.aborted) {
      resolve({ state: 'aborted', stderr: '' });
      return;
    }
    const options = { env: { ...call.environment }, cwd: call.workingDirectory, windowsHide: true, detached: hasGroups && !call.terminal } as const;
    const child = spawn(call.command, [...call.args], { ...options, stdio: call.terminal ? ['inherit', 'pipe', 'inherit'] : ['ignore', 'pipe', 'pipe'] });
    const output = collectOutput(child, call, () => stop('tooMuchOutput'));
    const stop = (state: Stopped) => {
      kill(child.pid, options.detached);
      finish({ state, stderr: output.stderr() });
    };
    const onAbort = () => stop('aborted');
    const timer = setTimeout(() => stop('timedOut'), call.timeoutMs);
    call.signal.addEventListener('abort', onAbort, { once: true });
    const finish = (end: ProgramEnd) => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', onAbort);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(end);
    };
    const exited = (exitCode: number | null) => finish({ state: 'exited', exitCode, stdout: output.stdout(), stderr: output.stderr() });
    child.on('error', (error) => finish({ state: 'notStarted', code: 'code' in error ? String(error.code) : error.message }));
    child.on('close', exited);
    child.on('exit', (exitCode) => setTimeout(() => exited(exitCode), pipesCloseMs).unref());
  });

function kill(pid: number | undefined, group: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(group ? -pid : pid, 'SIGKILL');
  } catch (thrown) {
    // It ended by itself in this moment.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown;
  }
}

function collectOutput({ stdout, stderr }: ChildProcess, { maxOutputBytes: maxBytes, onStderr }: ProgramCall, onTooMuch: () => void) {
  const written: Buffer[] = [];
  let size = 0;
  let said = Buffer.alloc(0);
  stdout?.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > maxBytes) onTooMuch();
    else written.push(chunk);
  });
  stderr?.on('data', (chunk: Buffer) => {
    said = Buffer.concat([said, chunk]).subarray(-maxBytes);
    onStderr?.(said.toString('utf8'));
  });
  return { stdout: () => Buffer.concat(written).toString('utf8'), stderr: () => said.toString('utf8') };
}
