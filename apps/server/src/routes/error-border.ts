import { AppError, errorBody, httpStatus, toAppError } from '@quarterdeck/contract';
import type { Logger } from 'pino';

/** The one place where an HTTP call that failed becomes an answer. What was not foreseen is logged whole and told without particulars. */
export function errorResponse(thrown: unknown, requestId: string, log: Logger): Response {
  const error = closedMeanwhile(toAppError(thrown));
  const unforeseen = error.code === 'INTERNAL_ERROR';
  if (unforeseen) log.error({ err: error, requestId }, 'A call failed unexpectedly.');
  else log.debug({ code: error.code, message: error.message, requestId }, 'A call was refused.');
  const told = unforeseen ? unexpected(requestId) : error;
  return new Response(JSON.stringify(errorBody(told, requestId)), { status: httpStatus[error.code], headers: headersOf(error) });
}

/** Whoever cancels a call is gone and reads no answer: for those who are still there, somebody else closed what they were asking. */
function closedMeanwhile(error: AppError): AppError {
  if (error.code !== 'CANCELLED') return error;
  return new AppError('GONE', error.message, { hint: error.hint ?? 'Try again.', cause: error });
}

function headersOf({ code, details }: AppError): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(typeof details.retryAfterSeconds === 'number' ? { 'retry-after': String(Math.ceil(details.retryAfterSeconds)) } : {}),
    ...(Array.isArray(details.allowed) && code === 'METHOD_NOT_ALLOWED' ? { allow: details.allowed.join(', ') } : {}),
    // RFC 9110 section 11.6.1 wants it; `Bearer` opens no dialog in a browser.
    ...(code === 'AUTH_REQUIRED' ? { 'www-authenticate': 'Bearer' } : {}),
    // What was not read is not waited for.
    ...(code === 'PAYLOAD_TOO_LARGE' || code === 'TIMEOUT' ? { connection: 'close' } : {}),
  };
}

/** What a caller is told of a failure that nobody foresaw: its message could carry anything. */
export function unexpected(requestId: string): AppError {
  return new AppError('INTERNAL_ERROR', 'The workbench failed unexpectedly.', { hint: `Look for ${requestId} in its log.` });
}
