import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, errorBody, httpStatus, livePath, toAppError } from '@quarterdeck/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Actor } from '../gate/decide.ts';
import { newRequestId } from '../routes/request-id.ts';
import type { Services } from '../routes/services.ts';
import type { RequestGuard } from '../session/request-guard.ts';
import { LiveConnection } from './live-connection.ts';

/** A socket that does not answer a ping within this time is gone. Milliseconds. */
const pingInterval = 30_000;
/** Client frames are small; whoever sends more does not speak our language. Bytes. */
const largestFrame = 64 * 1024;

export interface LiveServerOptions {
  guard: RequestGuard;
  authenticate(headers: Headers): Actor;
  services: Services;
}

/** Answers WebSocket upgrades at `livePath` of an HTTP server; every other upgrade is refused. */
export function attachLiveServer(server: Server, options: LiveServerOptions): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', (cause) => options.services.log.debug({ err: cause }, 'A socket broke while it was opened.'));
    try {
      const actor = admitUpgrade(request, options);
      sockets.handleUpgrade(request, socket, head, (opened) => serve(opened, actor, options.services));
    } catch (thrown) {
      refuse(socket, toAppError(thrown));
    }
  });
  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** A page of another site can open a WebSocket to us, cookie and all: the guard's origin check is what stops it. */
function admitUpgrade(request: IncomingMessage, { guard, authenticate }: LiveServerOptions): Actor {
  const headers = new Headers(Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  guard({ headers, unsafe: true, api: true });
  if (new URL(request.url ?? '/', 'http://localhost').pathname !== livePath) throw new AppError('NOT_FOUND', `WebSockets are served at ${livePath}.`);
  const actor = authenticate(headers);
  if (actor.kind === 'anonymous')
    throw new AppError('AUTH_REQUIRED', 'Nobody is logged in.', { hint: 'Open the address that the workbench printed when it started.' });
  return actor;
}

function refuse(socket: Duplex, error: AppError): void {
  const body = JSON.stringify(errorBody(error, newRequestId()));
  socket.end(
    `HTTP/1.1 ${httpStatus[error.code]} Refused\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function serve(socket: WebSocket, actor: Actor, services: Services): void {
  const connection = new LiveConnection(socket, actor, services);
  let answered = true;
  const ping = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingInterval);
  socket.on('pong', () => {
    answered = true;
  });
  socket.on('message', (data, binary) => {
    const text = binary ? '' : String(data);
    connection.receive(text).catch((thrown) => socket.close(1008, toAppError(thrown).message.slice(0, 100)));
  });
  socket.on('error', (cause) => services.log.debug({ err: cause }, 'A live socket broke.'));
  socket.on('close', () => {
    clearInterval(ping);
    connection.close();
  });
}
