import { createServer, type Server } from 'node:http';
import { AppError } from '@quarterdeck/contract';

/** Waits on loopback for a browser that an issuer sends back. Whoever opened it closes it. */
export interface LoopbackListener {
  /** `http://localhost:PORT`, as clients for kubectl are usually registered. */
  redirectUri: string;
  /** The query that the browser brings with this state; others are turned away. `finish` says what the person reads. */
  answer(state: string, finish: (query: URLSearchParams) => Promise<string>, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** The first of the ports that is free. Throws CONFLICT. */
export async function listenOnLoopback(ports: readonly number[]): Promise<LoopbackListener> {
  const server = createServer();
  for (const port of ports) {
    const bound = await tryListen(server, port);
    if (bound !== null) return listenerOf(server, bound);
  }
  throw new AppError('CONFLICT', `${ports.length === 1 ? 'Port' : 'All of the ports'} ${ports.join(', ')} ${ports.length === 1 ? 'is' : 'are'} in use.`, {
    hint: 'Choose another one with --port; the issuer must allow http://localhost:PORT for this client.',
  });
}

/** Null where somebody else has the port. */
function tryListen(server: Server, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => ('code' in error && error.code === 'EADDRINUSE' ? resolve(null) : reject(error));
    server.once('error', onError).listen(port, '127.0.0.1', () => {
      server.off('error', onError);
      const address = server.address();
      resolve(address === null || typeof address === 'string' ? null : address.port);
    });
  });
}

function listenerOf(server: Server, port: number): LoopbackListener {
  return {
    redirectUri: `http://localhost:${port}`,
    answer: (state, finish, signal) => waitForAnswer(server, state, finish, signal),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function waitForAnswer(server: Server, state: string, finish: (query: URLSearchParams) => Promise<string>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    server.on('request', (request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
      // Other pages can make a browser call this port; only the issuer knows the state.
      if (request.method !== 'GET' || searchParams.get('state') !== state) {
        response.writeHead(404).end();
        return;
      }
      const say = (text: string, done: () => void) =>
        response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${text}\n`, done);
      finish(searchParams).then(
        (text) => say(text, resolve),
        (thrown: unknown) => say(`${thrown instanceof Error ? thrown.message : 'The login failed.'} Go back to the terminal.`, () => reject(thrown)),
      );
    });
  });
}
