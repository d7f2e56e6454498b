/** What a request is about, for the messages of its errors. `resource` is the plural (`pods`), or a path that is no resource (`/version`). */
export interface RequestSubject {
  verb: 'get' | 'list' | 'watch';
  resource: string;
  namespace: string | null;
  name?: string;
}

export interface TransportRequest {
  /** Below the server's own path, with encoded segments: `/api/v1/namespaces/shop/pods`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Default: `application/json`. */
  accept?: string;
  subject: RequestSubject;
  signal: AbortSignal;
}

export interface StreamRequest extends TransportRequest {
  /** A stream that says nothing for so long ends, without an error. Milliseconds. */
  idleTimeoutMs: number;
}

/**
 * Requests to one API server. Errors are AppErrors: what the server said (`status-error.ts`), what kept us from
 * reaching it (`connection-error.ts`), CANCELLED and TIMEOUT for the signal.
 */
export interface Transport {
  /** The JSON body, unchecked. A 429, or a 503 with Retry-After, is tried once more after that time. */
  json(request: TransportRequest): Promise<unknown>;
  /** A body of at most `maxBytes`; throws PAYLOAD_TOO_LARGE beyond. */
  text(request: TransportRequest, maxBytes: number): Promise<string>;
  /** Resolves when the server accepted; the lines end when the server ends the response or falls silent. */
  stream(request: StreamRequest): Promise<AsyncIterable<string>>;
  close(): Promise<void>;
}
