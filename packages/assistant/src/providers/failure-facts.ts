/** What a provider says of a failure, whatever its shape. */
export interface FailureFacts {
  /** HTTP status, also where it is only told in a stream; null where there is none. */
  status: number | null;
  /** Every `type`, `code`, `status`, `reason` and the like in it, in lower case. */
  words: readonly string[];
  message: string | null;
  /** Milliseconds. */
  retryAfterMs: number | null;
  requestId: string | null;
}

const wordKeys = new Set(['type', 'code', 'status', 'reason', 'error_code', 'errorcode', 'quotaid', 'object', 'param']);
const messageKeys = ['message', 'error', 'detail', 'msg'];
const deepest = 7;

/** Reads the error bodies of all providers: they differ in how deep they put the same few fields. */
export function factsOf(body: unknown, status: number | null = null, headers: Headers | null = null): FailureFacts {
  const words = new Set<string>();
  const found = { message: '', retryAfterMs: headers === null ? null : retryAfterOf(headers), status };
  visit(body, 0, (key, value) => {
    if (typeof value === 'string' && wordKeys.has(key.toLowerCase())) words.add(value.toLowerCase());
    if (typeof value === 'number' && ['code', 'status', 'statusCode', 'status_code'].includes(key) && value >= 400 && value < 600) found.status ??= value;
    if (key === 'retryDelay' && typeof value === 'string') found.retryAfterMs ??= secondsOf(value);
    if (typeof value === 'string' && found.message === '' && messageKeys.includes(key)) found.message = value;
  });
  return {
    status: found.status,
    words: [...words],
    message: found.message === '' ? null : found.message,
    retryAfterMs: found.retryAfterMs,
    requestId: headers?.get('request-id') ?? headers?.get('x-request-id') ?? headers?.get('apim-request-id') ?? requestIdIn(body),
  };
}

function visit(value: unknown, depth: number, see: (key: string, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null || depth > deepest) return;
  for (const [key, inner] of Object.entries(value)) {
    see(key, inner);
    visit(inner, depth + 1, see);
  }
}

function requestIdIn(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'request_id' in body && typeof body.request_id === 'string' ? body.request_id : null;
}

/** `retry-after-ms`, or `retry-after` as seconds or as a date. Null where it is neither. */
function retryAfterOf(headers: Headers): number | null {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact)) return Math.max(0, exact);
  const text = headers.get('retry-after');
  if (text === null) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const [until, now] = [Date.parse(text), Date.parse(headers.get('date') ?? '')];
  return Number.isNaN(until) || Number.isNaN(now) ? null : Math.max(0, until - now);
}

/** `34.5s` of Google's RetryInfo. */
function secondsOf(text: string): number | null {
  const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(text)?.[1] ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}
