import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Debian's `nobody`: PostgreSQL does not run as root. */
const nobody = 65_534;

export interface PostgresServer {
  url: string;
  /** A new database on the server. */
  createDatabase(): Promise<string>;
  /** Ends the process at once, and whatever it was doing. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A PostgreSQL of our own on loopback, from Debian's package, in a folder that goes with it. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = postgresPrograms();
  const user: { uid?: number; gid?: number } = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  // Not below a folder that only its owner may enter: the server runs as somebody else.
  const folder = mkdtempSync('/tmp/quarterdeck-postgres-');
  if (user.uid !== undefined) chownSync(folder, user.uid, user.uid);
  const data = join(folder, 'data');
  const environment = { PATH: process.env.PATH ?? '', HOME: folder, LC_ALL: 'C.UTF-8' };
  const options = { ...user, env: environment, cwd: folder };
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'quarterdeck', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], {
    ...options,
    stdio: 'ignore',
  });
  const port = await freePort();
  const url = (database: string) => `postgres://quarterdeck@127.0.0.1:${port}/${database}`;
  let child: ChildProcess | null = null;
  let databases = 0;

  const psql = (command: string) =>
    execFileSync(join(programs, 'psql'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'quarterdeck', '-d', 'postgres', '-qAtc', command], {
      ...options,
      stdio: 'pipe',
    });

  async function start(): Promise<void> {
    const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`, '-c', 'shared_buffers=16MB', '-c', 'max_connections=60'];
    const launch = () => spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...settings], { ...options, stdio: 'ignore' });
    child = launch();
    for (let tries = 0; ; tries += 1) {
      try {
        psql('select 1');
        return;
      } catch (thrown) {
        if (tries > 300) throw thrown;
        await delay(100);
        // Until the last process of the one that was killed has ended, a new one refuses to start.
        if (child.exitCode !== null) child = launch();
      }
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  await start();
  return {
    url: url('postgres'),
    async createDatabase() {
      databases += 1;
      psql(`create database test${databases}`);
      return url(`test${databases}`);
    },
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether tests can have one. With CI set they must, and fail where it is missing. */
export function canHavePostgres(): boolean {
  return Boolean(process.env.CI) || findPostgres() !== null;
}

function postgresPrograms(): string {
  const found = findPostgres();
  if (found !== null) return found;
  throw new Error("PostgreSQL's programs are not here: install Debian's package postgresql.");
}

function findPostgres(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
