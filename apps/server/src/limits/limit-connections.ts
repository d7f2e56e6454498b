import type { Server, ServerOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, errorBody, httpStatus } from '@quarterdeck/contract';
import type { TrustedProxies } from '../config/exposure.ts';
import { newRequestId } from '../routes/request-id.ts';
import { networkOf } from '../session/peer-address.ts';

/** How long somebody may take to ask, in milliseconds; and how much they may say before the body, in bytes. */
export const connectionLimits = {
  headersTimeout: 10_000,
  /** An upload has to fit in. Bodies of other calls have a limit of their own. */
  requestTimeout: 600_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 32 * 1024,
} satisfies ServerOptions;

const mostHeaders = 100;
const mostConnections = 2_000;
/** Browsers open six for calls and one for the live socket of each tab. */
const mostPerAddress = 500;

/** Bounds what connections may cost, also those on which nothing sensible is ever said; tells so in the form of every error. */
export function limitConnections(server: Server, proxies: TrustedProxies | null): void {
  server.maxHeadersCount = mostHeaders;
  server.maxConnections = mostConnections;
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
    // All who come by a proxy have its address.
    if (proxies === null && count > mostPerAddress) socket.destroy();
  });
  server.on('clientError', (error, socket) => refuseUnread(error, socket));
}

/** What never became a call is answered as if it had been one. */
function refuseUnread(error: Error, socket: Duplex): void {
  if (!socket.writable || ('code' in error && error.code === 'ECONNRESET')) return void socket.destroy();
  const refusal = refusalOf('code' in error ? String(error.code) : '');
  const requestId = newRequestId();
  const body = JSON.stringify(errorBody(refusal, requestId));
  const head = [
    `HTTP/1.1 ${httpStatus[refusal.code]} Refused`,
    'content-type: application/json; charset=utf-8',
    'cache-control: no-store',
    `x-request-id: ${requestId}`,
  ];
  socket.end(`${[...head, 'x-content-type-options: nosniff', `content-length: ${Buffer.byteLength(body)}`, 'connection: close'].join('\r\n')}\r\n\r\n${body}`);
}

function refusalOf(code: string): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const message = `The headers are larger than ${connectionLimits.maxHeaderSize / 1024} KiB.`;
    return new AppError('PAYLOAD_TOO_LARGE', message, { hint: 'Delete cookies of other programs on this host.' });
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new AppError('TIMEOUT', 'The call did not arrive in time.', { hint: 'Send it faster.' });
  return new AppError('VALIDATION_ERROR', 'That is no HTTP.', { hint: 'Send HTTP/1.1.' });
}
