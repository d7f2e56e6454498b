import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { KeyedCertificate } from '../proxy/self-signed-certificate.ts';

/** A proxy on loopback that writes down what it was asked for. */
export interface CountingProxy {
  url: string;
  /** `host:port` of every tunnel that was asked for; for SOCKS as the client gave it, a name or an address. */
  readonly asked: string[];
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** With a certificate it is an HTTPS proxy. */
  tls?: KeyedCertificate;
  /** `user:password` that it wants. */
  login?: string;
}

/** Understands CONNECT (RFC 9110, section 9.3.6) and nothing else. */
export async function startConnectProxy({ tls, login }: ProxyOptions = {}): Promise<CountingProxy> {
  const asked: string[] = [];
  const server = tls === undefined ? createHttpServer() : createHttpsServer({ cert: tls.certificate, key: tls.key });
  const sockets = trackSockets(server);
  const wanted = login === undefined ? null : `Basic ${Buffer.from(login).toString('base64')}`;
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    if (wanted !== null && request.headers['proxy-authorization'] !== wanted) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    asked.push(request.url ?? '');
    const { hostname, port } = new URL(`tcp://${request.url}`);
    joinTo(client, hostname, Number(port), () => client.write('HTTP/1.1 200 Connection Established\r\n\r\n'));
  });
  return listening(server, sockets, asked, tls === undefined ? 'http' : 'https', login);
}

/** Understands the SOCKS5 (RFC 1928) of a client that connects, without a login or with one of RFC 1929. */
export async function startSocksProxy({ login }: Pick<ProxyOptions, 'login'> = {}): Promise<CountingProxy> {
  const asked: string[] = [];
  const server = createTcpServer((client) => {
    serveSocks(client, login ?? null, asked).catch(() => client.destroy());
  });
  return listening(server, trackSockets(server), asked, 'socks5', login);
}

async function serveSocks(client: Socket, login: string | null, asked: string[]): Promise<void> {
  const [, methods = 0] = await read(client, 2);
  await read(client, methods);
  client.write(Buffer.from([5, login === null ? 0 : 2]));
  if (login !== null) {
    const [, userLength = 0] = await read(client, 2);
    const user = await read(client, userLength);
    const password = await read(client, (await read(client, 1))[0] ?? 0);
    if (`${user}:${password}` !== login) throw new Error('not this login');
    client.write(Buffer.from([1, 0]));
  }
  const [, , , kind] = await read(client, 4);
  const host = kind === 3 ? (await read(client, (await read(client, 1))[0] ?? 0)).toString() : (await read(client, 4)).join('.');
  const port = (await read(client, 2)).readUInt16BE();
  asked.push(`${host}:${port}`);
  joinTo(client, host, port, () => client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
}

/** So many bytes of what comes. */
async function read(client: Socket, size: number): Promise<Buffer> {
  if (size === 0) return Buffer.alloc(0);
  for (;;) {
    const chunk: unknown = client.read(size);
    if (chunk instanceof Buffer) return chunk;
    await new Promise((resolve, reject) => {
      client.once('readable', resolve).once('close', reject);
    });
  }
}

function joinTo(client: Socket, host: string, port: number, onConnected: () => void): void {
  const target = connect(port, host, () => {
    onConnected();
    client.pipe(target).pipe(client);
  });
  target.on('error', () => client.destroy());
  client.on('error', () => target.destroy());
}

function trackSockets(server: Server): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  return sockets;
}

async function listening(server: Server, sockets: Set<Socket>, asked: string[], scheme: string, login: string | undefined): Promise<CountingProxy> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `${scheme}://${login === undefined ? '' : `${login}@`}127.0.0.1:${address.port}`, asked, close };
}
