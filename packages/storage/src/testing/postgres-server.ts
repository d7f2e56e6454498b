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
  const server = new LoopbackPostgres(postgresPrograms(), await freePort());
  await server.start();
  return server;
}

class LoopbackPostgres implements PostgresServer {
  readonly url: string;
  private readonly programs: string;
  private readonly port: number;
  private readonly folder: string;
  private readonly options: { uid?: number; gid?: number; env: Record<string, string>; cwd: string };
  private child: ChildProcess | null = null;
  private databases = 0;

  constructor(programs: string, port: number) {
    this.programs = programs;
    this.port = port;
    this.url = this.urlOf('postgres');
    // Not below a folder that only its owner may enter: the server runs as somebody else.
    this.folder = mkdtempSync('/tmp/quarterdeck-postgres-');
    const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
    if (process.getuid?.() === 0) chownSync(this.folder, nobody, nobody);
    this.options = { ...user, env: { PATH: process.env.PATH ?? '', HOME: this.folder, LC_ALL: 'C.UTF-8' }, cwd: this.folder };
    const layout = ['-D', this.data, '-U', 'quarterdeck', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
    execFileSync(join(programs, 'initdb'), layout, { ...this.options, stdio: 'ignore' });
  }

  async createDatabase(): Promise<string> {
    this.databases += 1;
    this.psql(`create database test${this.databases}`);
    return this.urlOf(`test${this.databases}`);
  }

  async start(): Promise<void> {
    this.child = this.launch();
    for (let tries = 0; ; tries += 1) {
      try {
        this.psql('select 1');
        return;
      } catch (thrown) {
        if (tries > 300) throw thrown;
        await delay(100);
        // Until the last process of the one that was killed has ended, a new one refuses to start.
        if (this.child.exitCode !== null) this.child = this.launch();
      }
    }
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGINT');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private urlOf(database: string): string {
    return `postgres://quarterdeck@127.0.0.1:${this.port}/${database}`;
  }

  private launch(): ChildProcess {
    const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${this.folder}`, 'shared_buffers=16MB', 'max_connections=60'];
    const words = ['-D', this.data, '-p', String(this.port), ...settings.flatMap((setting) => ['-c', setting])];
    return spawn(join(this.programs, 'postgres'), words, { ...this.options, stdio: 'ignore' });
  }

  private psql(command: string): void {
    const words = ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'quarterdeck', '-d', 'postgres', '-qAtc', command];
    execFileSync(join(this.programs, 'psql'), words, { ...this.options, stdio: 'pipe' });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
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
