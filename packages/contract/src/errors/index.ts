export { AppError, type AppErrorOptions, type ErrorBody, errorBody, errorBodySchema, toAppError } from './app-error.ts';
export { type ErrorCode, errorCodes, exitCode, httpStatus, mcpCode, retryable } from './codes.ts';
export { validationError } from './validation-error.ts';
