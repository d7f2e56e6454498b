import { AppError } from '../errors/app-error.ts';
import type { Span } from './filter-ast.ts';

/** A VALIDATION_ERROR whose details say where in the filter's text it is. */
export function filterError(message: string, hint: string, { start, end }: Span, cause?: unknown): AppError {
  return new AppError('VALIDATION_ERROR', message, { hint, details: { start, end }, cause });
}
