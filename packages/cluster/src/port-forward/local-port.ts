import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { AppError } from '@quarterdeck/contract';

const portsTried = 100;

/** Listens on a port of this machine; 0: any free one. Throws CONFLICT for a port that is taken, with who has it and which is free. */
export async function listenLocally(address: string, port: number, onConnection: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  // A client may end its own direction and still wait for the answer.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  const failure = await tryListen(server, address, port);
  if (failure === null) return { server, port: portOf(server) };
  if (failure.code === 'EADDRINUSE') throw await taken(address, port);
  if (failure.code === 'EACCES')
    throw new AppError('FORBIDDEN', `Port ${port} is for the system alone.`, { hint: `Take one above 1023, for example ${8000 + (port % 1000)}.` });
  throw new AppError('VALIDATION_ERROR', `${address} port ${port} can't be listened on: ${failure.message}.`, {
    hint: 'Check the address: it must be one of this machine.',
    cause: failure,
  });
}

function tryListen(server: Server, address: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.removeListener('error', resolve);
      resolve(null);
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new AppError('INTERNAL_ERROR', 'A server that listens has no port.');
  return address.port;
}

async function taken(address: string, port: number): Promise<AppError> {
  const [free, owner] = await Promise.all([nextFree(address, port), ownerOf(port)]);
  const by = owner === null ? '' : ` by ${owner.name} (process ${owner.pid})`;
  const hint = free === null ? 'Take 0 for any free port.' : `Port ${free} is free; 0 takes any free one.`;
  return new AppError('CONFLICT', `Port ${port} is taken${by}.`, { hint, details: { port, free, owner } });
}

async function nextFree(address: string, port: number): Promise<number | null> {
  for (let candidate = port + 1; candidate <= Math.min(65_535, port + portsTried); candidate += 1) {
    const server = createServer();
    const failure = await tryListen(server, address, candidate);
    if (failure !== null) continue;
    await new Promise((resolve) => server.close(resolve));
    return candidate;
  }
  return null;
}

/** Who listens on a port, as far as Linux tells us: of our own processes, or of all for root. Null elsewhere. */
async function ownerOf(port: number): Promise<{ pid: number; name: string } | null> {
  const inode = await listeningInode(port);
  if (inode === null) return null;
  const processes = await readdir('/proc').catch(() => []);
  for (const pid of processes.filter((name) => /^\d+$/.test(name))) {
    if (!(await holds(pid, inode))) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return { pid: Number(pid), name: name.trim() || 'a process' };
  }
  return null;
}

async function listeningInode(port: number): Promise<string | null> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')));
  const rows = tables.flatMap((table) => table.split('\n')).map((row) => row.trim().split(/\s+/));
  // The second field is address:port, the fourth the state (0A: listening), the tenth the inode.
  return rows.find((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A')?.[9] ?? null;
}

async function holds(pid: string, inode: string): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(descriptors.map((descriptor) => readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')));
  return links.includes(`socket:[${inode}]`);
}
