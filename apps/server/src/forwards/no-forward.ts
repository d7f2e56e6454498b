import { AppError } from '@quarterdeck/contract';

/** Also for a port-forward that whoever asks may not know of. */
export function noForward(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no port-forward ${id}.`, { hint: 'List the forwards: it may have been forgotten.' });
}
