import { AppError } from '@quarterdeck/contract';

/** Runs a call that has to end within so many milliseconds; its signal is aborted with the caller's, or then. Throws TIMEOUT. */
export async function withinTime<T>(milliseconds: number, caller: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new AppError('TIMEOUT', `The call took longer than ${milliseconds / 1000} s.`, { hint: 'Ask for less at once, or try again later.' });
    reject(error);
    ended.abort(error);
  }, milliseconds);
  try {
    return await Promise.race([run(AbortSignal.any([caller, ended.signal])), late]);
  } finally {
    clearTimeout(timer);
  }
}
