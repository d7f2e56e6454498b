import { createContext, Script } from 'node:vm';
import { AppError } from '@quarterdeck/contract';

/** Far more than an honest expression needs for the largest table, on a machine that has other things to do too. Milliseconds. */
const timeLimit = 500;

const script = new Script('run()');

/** One for all calls, none of which is inside another: a new one takes longer than most expressions do. */
const task = { run: (): void => undefined };
const context = createContext({ run: () => task.run() });

/**
 * Runs what a person's regular expression decides the length of: some take longer than the cluster will live, and
 * meanwhile nobody would be served. Throws VALIDATION_ERROR when it takes too long.
 */
export function interruptible<T>(run: () => T): T {
  let result: { value: T } | null = null;
  task.run = () => {
    result = { value: run() };
  };
  try {
    script.runInContext(context, { timeout: timeLimit });
  } catch (cause) {
    if (!isTimeout(cause)) throw cause;
    throw new AppError('VALIDATION_ERROR', 'This regular expression takes too long.', { hint: 'Leave out nested repetitions such as (a+)+.', cause });
  } finally {
    task.run = () => undefined;
  }
  return finished(result);
}

function finished<T>(result: { value: T } | null): T {
  if (result === null) throw new AppError('INTERNAL_ERROR', 'The script ended without running.');
  return result.value;
}

/** The error comes from the script's own realm: it is no instance of our Error. */
function isTimeout(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
