import { AppError } from '@quarterdeck/contract';

/** What is hidden, in the same words whether it is there or not. */
export function notThere(what: string): AppError {
  return new AppError('NOT_FOUND', `There is no ${what} in this cluster that you could see.`);
}
