import type * as z from 'zod';
import { AppError } from './app-error.ts';

/** A failed validation as VALIDATION_ERROR that names each field by its path; `details.fields` has them for programs. */
export function validationError(error: z.ZodError): AppError {
  const fields = error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
  const message = fields.map(({ path, message: what }) => (path === '' ? what : `${path}: ${what}`)).join('; ');
  return new AppError('VALIDATION_ERROR', message, { details: { fields }, hint: 'Correct the named fields and call again.' });
}
