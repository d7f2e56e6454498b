import type { Server } from 'node:http';
import { AppError } from '@quarterdeck/contract';

/** Where the workbench is looked for first; kept for when people have the address in their history. */
export const usualPort = 7420;
/** So many workbenches side by side get neighbouring ports. */
const neighbours = 10;

/** Binds the server and gives its port. `port` null: the usual one or, where it is taken, one of the next. Throws CONFLICT. */
export async function listen(server: Server, host: string, port: number | null): Promise<number> {
  const candidates = port === null ? Array.from({ length: neighbours }, (_, index) => usualPort + index) : [port];
  for (const candidate of candidates) if (await tryListen(server, host, candidate)) return boundPort(server);
  const tried = candidates.length === 1 ? `Port ${candidates[0]} is` : `Ports ${usualPort} to ${usualPort + neighbours - 1} are`;
  throw new AppError('CONFLICT', `${tried} in use.`, { hint: 'Set PORT to a free one, or to 0 for any.' });
}

/** False where somebody else has the port. */
function tryListen(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => {
      server.off('listening', onListening);
      if ('code' in error && error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    const onListening = () => {
      server.off('error', onError);
      resolve(true);
    };
    server.once('error', onError).once('listening', onListening).listen(port, host);
  });
}

function boundPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new AppError('INTERNAL_ERROR', 'The server is not bound to a port.');
  return address.port;
}
