import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, errorBody, httpStatus, toAppError } from '@quarterdeck/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Actor } from '../gate/decide.ts';
import type { Caller } from '../ledger/acts.ts';
import { newRequestId } from '../routes/request-id.ts';
import type { Services } from '../routes/services.ts';
import { viaOf } from '../session/local-session.ts';
import type { RequestGuard } from '../session/request-guard.ts';

/** Also keeps proxies from ending what is silent, many after 60 s. Milliseconds. */
const pingInterval = 30_000;

export interface UpgradeOptions {
  guard: RequestGuard;
  authenticate(headers: Headers): Promise<Actor>;
  services: Services;
}

/** A path at which WebSockets are served. */
export interface SocketEndpoint {
  path: string;
  /** Larger messages end the socket. Bytes. */
  largestMessage: number;
  /** What serves the socket, for somebody who is known. Throws what refuses them; then no socket is opened. */
  admit(caller: Caller, parameters: URLSearchParams): (socket: WebSocket) => void;
}

/** Answers the WebSocket upgrades of an HTTP server; whatever is no endpoint is refused. */
export function serveUpgrades(server: Server, options: UpgradeOptions, endpoints: readonly SocketEndpoint[]): { close(): void } {
  const served = endpoints.map((endpoint) => ({
    endpoint,
    sockets: new WebSocketServer({ noServer: true, maxPayload: endpoint.largestMessage, perMessageDeflate: false }),
  }));
  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', (cause) => options.services.log.debug({ err: cause }, 'A socket broke while it was opened.'));
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const headers = guarded(request, options);
      const found = served.find(({ endpoint }) => endpoint.path === url.pathname);
      if (found === undefined) throw new AppError('NOT_FOUND', `WebSockets are served at ${endpoints.map(({ path }) => path).join(', ')}.`);
      const caller = { actor: known(await options.authenticate(headers)), via: viaOf(headers), requestId: newRequestId() };
      const serve = found.endpoint.admit(caller, url.searchParams);
      found.sockets.handleUpgrade(request, socket, head, (opened) => {
        keepAlive(opened);
        opened.on('error', (cause) => options.services.log.debug({ err: cause }, 'A socket broke.'));
        serve(opened);
      });
    } catch (thrown) {
      refuse(socket, toAppError(thrown));
    }
  }
  server.on('upgrade', upgrade);
  return {
    close() {
      for (const { sockets } of served) {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
      }
    },
  };
}

/** A page of another site can open a WebSocket to us, cookie and all: the guard's origin check is what stops it. */
function guarded(request: IncomingMessage, { guard }: UpgradeOptions): Headers {
  const headers = new Headers(Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  guard({ headers, unsafe: true, api: true });
  return headers;
}

function known(actor: Actor): Actor {
  if (actor.kind !== 'anonymous') return actor;
  throw new AppError('AUTH_REQUIRED', 'Nobody is logged in.', { hint: 'Open the address that the workbench printed when it started.' });
}

function refuse(socket: Duplex, error: AppError): void {
  const body = JSON.stringify(errorBody(error, newRequestId()));
  socket.end(
    `HTTP/1.1 ${httpStatus[error.code]} Refused\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** Two pings unanswered: the client is gone. While we don't read, because a program does not take its input, we can't see answers. */
function keepAlive(socket: WebSocket): void {
  let unanswered = 0;
  const ping = setInterval(() => {
    if (unanswered > 1 && !socket.isPaused) return socket.terminate();
    unanswered = socket.isPaused ? 0 : unanswered + 1;
    socket.ping();
  }, pingInterval);
  socket.on('pong', () => {
    unanswered = 0;
  });
  socket.on('close', () => clearInterval(ping));
}
