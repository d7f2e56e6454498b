export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/**
 * What a request is about, for the messages of its errors. `resource` is the plural, with its subresource where there
 * is one (`pods`, `pods/exec`), or a path that is no resource (`/version`).
 */
export interface RequestSubject {
  verb: Verb;
  resource: string;
  namespace: string | null;
  name?: string;
}

/** Somebody in whose name our credentials ask, where the cluster lets them: its own rules for that person have the last word. */
export interface Impersonation {
  user: string;
  groups: readonly string[];
}

export interface RequestBody {
  contentType: string;
  text: string;
}

export interface TransportRequest {
  /** Below the server's own path, with encoded segments: `/api/v1/namespaces/shop/pods`. */
  path: string;
  /** A list repeats the parameter, as `command=sh&command=-c`. */
  query?: Readonly<Record<string, string | readonly string[]>>;
  /** Default: GET. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: RequestBody;
  /** Default: `application/json`. */
  accept?: string;
  /** In whose name it is asked; left out, in that of the login (or whom its kubeconfig names). */
  as?: Impersonation;
  /** Told each `Warning` header that the server sends along: deprecations, and what admission has to say. */
  onWarning?(text: string): void;
  subject: RequestSubject;
  signal: AbortSignal;
}

export interface StreamRequest extends TransportRequest {
  /** A stream that says nothing for so long ends, without an error. Milliseconds; 0 waits for ever. */
  idleTimeoutMs: number;
}

export interface LineStream {
  /** They end when the server ends the response or falls silent. */
  lines: AsyncIterable<string>;
  close(): void;
}

export interface ByteStream {
  /** They end when the server ends the response or falls silent. Read slowly, and the server sends slowly. */
  chunks: AsyncIterable<Uint8Array>;
  close(): void;
}

/** A request of somebody else that is passed on as it is. */
export interface RelayRequest {
  method: string;
  /** Path and query below the server's own path, as they were written. */
  target: string;
  /** With neither credentials nor what is of one connection alone. */
  headers: Readonly<Record<string, string | string[]>>;
  body: AsyncIterable<Uint8Array> | null;
  as?: Impersonation;
  signal: AbortSignal;
}

/** What the server said, whatever it was. */
export interface RelayResponse {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it was sent, packed or not. It ends with the server; an error of the connection ends it with an AppError. */
  chunks: AsyncIterable<Uint8Array>;
  close(): void;
}

export interface SocketRequest extends Pick<TransportRequest, 'path' | 'query' | 'as' | 'subject' | 'signal'> {
  /** WebSocket sub-protocols, the one that is liked best first: `v5.channel.k8s.io`. */
  protocols: readonly string[];
}

/** An open WebSocket. Whoever opened it closes it. */
export interface ApiSocket {
  /** Of those asked for, the one the server chose. */
  readonly protocol: string;
  /** Whole messages, in order, until the socket is closed; an error of the connection ends them with an AppError. Read slowly, and the server sends slowly. */
  readonly messages: AsyncIterable<Uint8Array>;
  /** Resolves when there is room for more (at once, while little waits to be sent); rejects when the socket is closed. */
  send(message: Uint8Array): Promise<void>;
  /** Says good-bye; what was sent before still arrives. Calling it again does nothing. */
  close(): void;
}

/**
 * Requests to one API server. Errors are AppErrors: what the server said (`status-error.ts`), what kept us from
 * reaching it (`connection-error.ts`), CANCELLED and TIMEOUT for the signal.
 */
export interface Transport {
  /** The JSON body, unchecked. A refusal with Retry-After (429, 503) is tried once more, and for a GET also a connection that was just closed. */
  json(request: TransportRequest): Promise<unknown>;
  /** A body of at most `maxBytes`; throws PAYLOAD_TOO_LARGE beyond. */
  text(request: TransportRequest, maxBytes: number): Promise<string>;
  /** Resolves when the server accepted. The caller closes the stream, however it ended. */
  stream(request: StreamRequest): Promise<LineStream>;
  /** As `stream`, without looking for lines. */
  bytes(request: StreamRequest): Promise<ByteStream>;
  /** Resolves when the server accepted. It is pinged, so that proxies in between keep it and a dead peer is noticed. */
  socket(request: SocketRequest): Promise<ApiSocket>;
  /** Passes a request on with our credentials, and hands back the answer, also a refusal. The caller closes it. */
  relay(request: RelayRequest): Promise<RelayResponse>;
  close(): Promise<void>;
}
