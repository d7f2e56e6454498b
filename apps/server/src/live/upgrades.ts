import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, errorBody, httpStatus, type TicketRequest, ticketProtocolPrefix, toAppError } from '@quarterdeck/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import type { TrustedProxies } from '../config/exposure.ts';
import type { Actor } from '../gate/decide.ts';
import type { Caller } from '../ledger/acts.ts';
import type { CallLimits } from '../limits/call-limits.ts';
import type { ServerMetrics } from '../observability/server-metrics.ts';
import { unexpected } from '../routes/error-border.ts';
import { newRequestId } from '../routes/request-id.ts';
import type { Services } from '../routes/services.ts';
import { type AccessWatch, accessChangedCode, accessChangedReason } from '../session/access-watch.ts';
import type { Entrance } from '../session/entrance.ts';
import { viaOf } from '../session/local-session.ts';
import { peerAddress } from '../session/peer-address.ts';
import type { RequestGuard } from '../session/request-guard.ts';
import type { TicketDesk } from '../tickets/ticket-desk.ts';
import { SocketCounts } from './socket-counts.ts';

/** Also keeps proxies from ending what is silent, many after 60 s. Milliseconds. */
const pingInterval = 30_000;
const longestGoodbye = 1_000;

export interface UpgradeOptions {
  guard: RequestGuard;
  entrance: Entrance;
  watch: AccessWatch;
  services: Services;
  tickets: TicketDesk;
  /** Opening sockets counts as calling. */
  limits: Pick<CallLimits, 'ofAddress' | 'ofStranger'>;
  /** Whose word on the address of a call is believed. */
  proxies: TrustedProxies | null;
  metrics: Pick<ServerMetrics, 'socketOpened'>;
}

/** A path at which WebSockets are served. */
export interface SocketEndpoint {
  path: string;
  /** Larger messages end the socket. Bytes. */
  largestMessage: number;
  /** The subprotocol that is spoken. */
  protocol: string;
  /** How many of them one person may have open. */
  most: number;
  /** What a ticket for the socket must be for. Throws VALIDATION_ERROR. */
  purpose(parameters: URLSearchParams): TicketRequest;
  /** Whether a program with a token of its own needs a ticket besides. A browser, which has a cookie, always does. */
  alwaysTicket: boolean;
  /** What serves the socket, for somebody who is known. Throws what refuses them; then no socket is opened. */
  admit(caller: Caller, parameters: URLSearchParams): (socket: WebSocket) => void;
}

/** Answers the WebSocket upgrades of an HTTP server; whatever is no endpoint is refused. */
export function serveUpgrades(server: Server, options: UpgradeOptions, endpoints: readonly SocketEndpoint[]): { close(): Promise<void> } {
  const counts = new SocketCounts();
  const served = endpoints.map((endpoint) => ({
    endpoint,
    // The ticket is not told back.
    sockets: new WebSocketServer({
      noServer: true,
      maxPayload: endpoint.largestMessage,
      perMessageDeflate: false,
      handleProtocols: (offered) => offered.has(endpoint.protocol) && endpoint.protocol,
    }),
  }));
  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', (cause) => options.services.log.debug({ err: cause }, 'A socket broke while it was opened.'));
    try {
      const headers = guarded(request, options);
      const url = URL.parse(request.url ?? '/', 'http://localhost');
      const found = served.find(({ endpoint }) => endpoint.path === url?.pathname);
      if (url === null || found === undefined) throw new AppError('NOT_FOUND', `WebSockets are served at ${endpoints.map(({ path }) => path).join(', ')}.`);
      const caller = { actor: await callerOf(request, headers, options), via: viaOf(headers), requestId: newRequestId() };
      const { endpoint } = found;
      if (caller.via === 'web' || endpoint.alwaysTicket) await options.tickets.take(ticketIn(headers), caller.actor, endpoint.purpose(url.searchParams));
      const count = `${endpoint.path} ${caller.actor.id}`;
      counts.check(count, endpoint.most);
      const serve = endpoint.admit(caller, url.searchParams);
      found.sockets.handleUpgrade(request, socket, head, (opened) => {
        keepAlive(opened);
        opened.once(
          'close',
          options.watch.add(caller.actor, () => opened.close(accessChangedCode, accessChangedReason)),
        );
        counts.add(count, opened);
        options.metrics.socketOpened(endpoint.path, opened);
        opened.on('error', (cause) => options.services.log.debug({ err: cause }, 'A socket broke.'));
        serve(opened);
      });
    } catch (thrown) {
      refuse(socket, toAppError(thrown), options.services);
    }
  }
  server.on('upgrade', upgrade);
  return {
    async close() {
      const open = served.flatMap(({ sockets }) => [...sockets.clients]);
      for (const { sockets } of served) sockets.close();
      await Promise.all(open.map((socket) => closeWithReason(socket)));
    },
  };
}

/** A page of another site can open a WebSocket to us, cookie and all: the guard's origin check is what stops it. */
function guarded(request: IncomingMessage, { guard }: UpgradeOptions): Headers {
  const headers = new Headers(Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  guard({ headers, unsafe: true, api: true });
  return headers;
}

/** The ticket among the subprotocols; empty where there is none. */
function ticketIn(headers: Headers): string {
  const offered = (headers.get('sec-websocket-protocol') ?? '').split(',').map((name) => name.trim());
  return offered.find((name) => name.startsWith(ticketProtocolPrefix))?.slice(ticketProtocolPrefix.length) ?? '';
}

async function callerOf(request: IncomingMessage, headers: Headers, { entrance, limits, proxies }: UpgradeOptions): Promise<Actor> {
  const address = peerAddress(request.socket.remoteAddress ?? '', headers.get('x-forwarded-for'), proxies);
  await limits.ofAddress(address);
  const actor = await entrance.authenticate(headers);
  if (actor.kind !== 'anonymous') return actor;
  await limits.ofStranger(address);
  throw new AppError('AUTH_REQUIRED', 'Nobody is logged in.', { hint: 'Log in, or open the address that the workbench printed when it started.' });
}

function refuse(socket: Duplex, error: AppError, { log }: Pick<Services, 'log'>): void {
  const requestId = newRequestId();
  const unforeseen = error.code === 'INTERNAL_ERROR';
  if (unforeseen) log.error({ err: error, requestId }, 'A socket could not be opened.');
  const body = JSON.stringify(errorBody(unforeseen ? unexpected(requestId) : error, requestId));
  const head = ['content-type: application/json; charset=utf-8', 'cache-control: no-store', 'x-content-type-options: nosniff', `x-request-id: ${requestId}`];
  socket.end(
    `${[`HTTP/1.1 ${httpStatus[error.code]} Refused`, ...head, `content-length: ${Buffer.byteLength(body)}`, 'connection: close'].join('\r\n')}\r\n\r\n${body}`,
  );
}

/** Tells a client why, and waits a moment for it to say that it has heard. */
function closeWithReason(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => socket.terminate(), longestGoodbye);
    socket.once('close', () => {
      clearTimeout(late);
      resolve();
    });
    socket.close(1001, 'The workbench is ending.');
  });
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
