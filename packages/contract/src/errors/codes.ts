/** The closed set of error codes. A code without a row in every table below does not compile. */
export const errorCodes = [
  'AUTH_REQUIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'VALIDATION_ERROR',
  'CONFLICT',
  'GONE',
  'RATE_LIMITED',
  'PAYLOAD_TOO_LARGE',
  'READ_ONLY',
  'CANCELLED',
  'TIMEOUT',
  'CLUSTER_UNREACHABLE',
  'CLUSTER_AUTH_FAILED',
  'CLUSTER_ERROR',
  'KUBECONFIG_INVALID',
  'BUNDLE_INVALID',
  'STORAGE_UNAVAILABLE',
  'UNSUPPORTED',
  'INTERNAL_ERROR',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** The HTTP status that a route answers with. */
export const httpStatus: Record<ErrorCode, number> = {
  AUTH_REQUIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  VALIDATION_ERROR: 400,
  CONFLICT: 409,
  GONE: 410,
  RATE_LIMITED: 429,
  PAYLOAD_TOO_LARGE: 413,
  READ_ONLY: 403,
  CANCELLED: 499,
  TIMEOUT: 504,
  CLUSTER_UNREACHABLE: 502,
  CLUSTER_AUTH_FAILED: 502,
  CLUSTER_ERROR: 502,
  KUBECONFIG_INVALID: 422,
  BUNDLE_INVALID: 422,
  STORAGE_UNAVAILABLE: 503,
  UNSUPPORTED: 501,
  INTERNAL_ERROR: 500,
};

/**
 * The exit code of `qd`. 0 is success, 1 an unexpected failure and 2 "ran well and found issues" (`--exit-code`), so
 * errors of their own start at 3. 130 is the shell's convention for an interrupted program.
 */
export const exitCode: Record<ErrorCode, number> = {
  AUTH_REQUIRED: 4,
  FORBIDDEN: 5,
  NOT_FOUND: 6,
  METHOD_NOT_ALLOWED: 3,
  VALIDATION_ERROR: 3,
  CONFLICT: 7,
  GONE: 7,
  RATE_LIMITED: 8,
  PAYLOAD_TOO_LARGE: 3,
  READ_ONLY: 5,
  CANCELLED: 130,
  TIMEOUT: 8,
  CLUSTER_UNREACHABLE: 9,
  CLUSTER_AUTH_FAILED: 4,
  CLUSTER_ERROR: 10,
  KUBECONFIG_INVALID: 11,
  BUNDLE_INVALID: 11,
  STORAGE_UNAVAILABLE: 13,
  UNSUPPORTED: 12,
  INTERNAL_ERROR: 1,
};

/**
 * JSON-RPC error codes for MCP: the reserved ones where the meaning is the same, the implementation-defined range
 * (-32000 to -32099, JSON-RPC 2.0 section 5.1) for the rest.
 */
export const mcpCode: Record<ErrorCode, number> = {
  AUTH_REQUIRED: -32001,
  FORBIDDEN: -32003,
  NOT_FOUND: -32004,
  METHOD_NOT_ALLOWED: -32601,
  VALIDATION_ERROR: -32602,
  CONFLICT: -32009,
  GONE: -32010,
  RATE_LIMITED: -32029,
  PAYLOAD_TOO_LARGE: -32013,
  READ_ONLY: -32005,
  CANCELLED: -32006,
  TIMEOUT: -32007,
  CLUSTER_UNREACHABLE: -32020,
  CLUSTER_AUTH_FAILED: -32021,
  CLUSTER_ERROR: -32022,
  KUBECONFIG_INVALID: -32023,
  BUNDLE_INVALID: -32024,
  STORAGE_UNAVAILABLE: -32030,
  UNSUPPORTED: -32025,
  INTERNAL_ERROR: -32603,
};

/** Whether the same call may succeed a little later without anybody changing anything. */
export const retryable: Record<ErrorCode, boolean> = {
  AUTH_REQUIRED: false,
  FORBIDDEN: false,
  NOT_FOUND: false,
  METHOD_NOT_ALLOWED: false,
  VALIDATION_ERROR: false,
  CONFLICT: true,
  GONE: true,
  RATE_LIMITED: true,
  PAYLOAD_TOO_LARGE: false,
  READ_ONLY: false,
  CANCELLED: false,
  TIMEOUT: true,
  CLUSTER_UNREACHABLE: true,
  CLUSTER_AUTH_FAILED: false,
  CLUSTER_ERROR: true,
  KUBECONFIG_INVALID: false,
  BUNDLE_INVALID: false,
  STORAGE_UNAVAILABLE: true,
  UNSUPPORTED: false,
  INTERNAL_ERROR: false,
};
