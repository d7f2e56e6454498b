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

export interface LineStream {
  /** They end when the server ends the response or falls silent. */
  lines: AsyncIterable<string>;
  close(): void;
}

/**
 * Requests to one API server. Errors are AppErrors: what the server said (`status-error.ts`), what kept us from
 * reaching it (`connection-error.ts`), CANCELLED and TIMEOUT for the signal.
 */
export interface Transport {
  /** The JSON body, unchecked. A refusal with Retry-After (429, 503) and a connection that was just closed are tried once more. */
  json(request: TransportRequest): Promise<unknown>;
  /** A body of at most `maxBytes`; throws PAYLOAD_TOO_LARGE beyond. */
  text(request: TransportRequest, maxBytes: number): Promise<string>;
  /** Resolves when the server accepted. The caller closes the stream, however it ended. */
  stream(request: StreamRequest): Promise<LineStream>;
  close(): Promise<void>;
}
