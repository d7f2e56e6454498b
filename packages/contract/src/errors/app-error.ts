import * as z from 'zod';
import { type ErrorCode, errorCodes } from './codes.ts';

export interface AppErrorOptions {
  /** Machine-readable particulars. Never secrets: they are sent to the client. */
  details?: Record<string, unknown>;
  /** What the reader can do next, as one sentence. */
  hint?: string;
  cause?: unknown;
}

/** The one error class of the product. Everything foreign is translated into it at the border where it arrives. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
    this.hint = options.hint;
  }
}

/** Anything that was thrown, as an AppError. What was not foreseen becomes INTERNAL_ERROR and keeps its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new AppError('CANCELLED', 'The call was cancelled.', { cause: thrown });
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('INTERNAL_ERROR', message, { cause: thrown });
}

/** An error as it goes over the wire: `error` is the sentence, `code` is for programs, `hint` says what to do next. */
export const errorBodySchema = z.object({
  error: z.string(),
  code: z.enum(errorCodes),
  details: z.record(z.string(), z.unknown()),
  hint: z.string().optional(),
  requestId: z.string(),
});

export type ErrorBody = z.infer<typeof errorBodySchema>;

export function errorBody(error: AppError, requestId: string): ErrorBody {
  return {
    error: error.message,
    code: error.code,
    details: error.details,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    requestId,
  };
}
