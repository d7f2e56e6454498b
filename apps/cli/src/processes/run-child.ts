import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { AppError } from '@quarterdeck/contract/errors';
import type { ChildProgram } from '../context.ts';

/**
 * Gives the terminal to a program until it ends. When `signal` aborts with the name of a signal, the program gets that
 * signal too, and its own exit code stands; a terminal has sent it Ctrl-C already.
 */
export function runChild(program: ChildProgram, signal: AbortSignal): Promise<number> {
  const output = program.output === 'stderr' ? 2 : (program.output ?? 'inherit');
  const child = spawn(program.command, program.args, {
    stdio: ['inherit', output, 'inherit'],
    env: { ...process.env, ...program.env },
    cwd: program.workingDirectory,
  });
  const handOn = () => {
    if (signal.reason === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
  };
  signal.addEventListener('abort', handOn, { once: true });
  return new Promise<number>((resolve, reject) => {
    child.once('error', (cause) => reject(new AppError('UNSUPPORTED', `${program.command} does not start: ${cause.message}.`, { cause })));
    child.once('close', (code, endedBy) => resolve(code ?? 128 + (endedBy === null ? 0 : constants.signals[endedBy])));
  }).finally(() => signal.removeEventListener('abort', handOn));
}
