import { AppError, type AskedError, type ErrorCode, toAppError } from '@quarterdeck/contract';
import { ModelError, type ModelErrorKind } from '../model/model-error.ts';

/** What a failure of a model is among the codes of the workbench. */
const codes: Record<ModelErrorKind, ErrorCode> = {
  overloaded: 'RATE_LIMITED',
  rateLimited: 'RATE_LIMITED',
  quota: 'RATE_LIMITED',
  missingKey: 'UNSUPPORTED',
  auth: 'FORBIDDEN',
  badRequest: 'VALIDATION_ERROR',
  contextOverflow: 'PAYLOAD_TOO_LARGE',
  filtered: 'VALIDATION_ERROR',
  malformed: 'TIMEOUT',
  network: 'TIMEOUT',
  timeout: 'TIMEOUT',
  unknownModel: 'NOT_FOUND',
  aborted: 'CANCELLED',
};

/** Whatever went wrong while a question was answered, as the error that tells so. What nobody foresaw keeps its words to itself. */
export function appErrorOf(thrown: unknown): AppError {
  if (thrown instanceof ModelError) return new AppError(codes[thrown.kind], thrown.message, { hint: thrown.hint, cause: thrown });
  const error = toAppError(thrown);
  if (error.code !== 'INTERNAL_ERROR') return error;
  return new AppError('INTERNAL_ERROR', 'The answer failed in a way that was not foreseen.', {
    hint: 'Ask again; the log of the workbench has the cause.',
    cause: thrown,
  });
}

export function askedErrorOf(thrown: unknown): AskedError {
  const { code, message, hint } = appErrorOf(thrown);
  return { code, message, hint: hint ?? null };
}
