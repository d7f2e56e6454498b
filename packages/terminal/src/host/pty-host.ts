import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { AppError } from '@quarterdeck/contract';
import type { HostHello } from '../protocol/host-messages.ts';
import { type HostPlace, secureFolder } from '../protocol/host-place.ts';
import type { HostClock, Sealing } from '../session/session-part.ts';
import { Checkpoints } from './checkpoint.ts';
import { coreMethods } from './core-methods.ts';
import { HostConnection } from './host-connection.ts';
import type { CreateHostExtension, HostContext, HostExtension } from './host-extension.ts';
import { releaseHostLock, takeHostLock } from './host-lock.ts';
import type { HostMethod } from './host-method.ts';
import type { OpenPty } from './pty.ts';
import { sealingOf } from './sealing.ts';
import { Sessions } from './sessions.ts';

/** Milliseconds: a host that never had a session, or has none any more while a newer one runs, is not needed. */
const idleEnd = 60_000;
/** That sessions changed is told at most so often. Milliseconds. */
const tellEvery = 100;

export interface HostOptions {
  place: HostPlace;
  version: string;
  scrollback: number;
  environment: Readonly<Record<string, string | undefined>>;
  home: string;
  clock: HostClock;
  openPty: OpenPty;
  wait(milliseconds: number): Promise<void>;
  extensions: readonly CreateHostExtension[];
  report(what: string, thrown: unknown): void;
  /** Nothing is left to do. */
  onIdle(): void;
}

export interface RunningHost {
  close(): Promise<void>;
}

/** Holds shells and answers servers, until nobody needs it. Null where another host of this version does so already. */
export async function startPtyHost(options: HostOptions): Promise<RunningHost | null> {
  const { place } = options;
  await secureFolder(place.folder);
  if (!(await takeHostLock(place.lock))) return null;
  const token = await readToken(place.token);
  const host = new PtyHost(options, token);
  await host.listen();
  return host;
}

/** Made once for the folder; whoever may read it is its owner. */
async function readToken(path: string): Promise<string> {
  const known = await readFile(path, 'utf8').catch(() => '');
  if (known !== '') return known;
  const token = randomBytes(32).toString('base64url');
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, token, { mode: 0o600 });
  await rename(temporary, path);
  return token;
}

class PtyHost implements RunningHost {
  private readonly options: HostOptions;
  private readonly token: string;
  private readonly server: Server;
  private readonly connections = new Set<HostConnection>();
  private readonly startedAt: string;
  private opened: Promise<OpenHost> | null = null;
  private ready: OpenHost | null = null;
  private draining = false;
  private telling: NodeJS.Timeout | null = null;
  private idle: NodeJS.Timeout | null = null;

  constructor(options: HostOptions, token: string) {
    this.options = options;
    this.token = token;
    this.startedAt = new Date(options.clock.now()).toISOString();
    this.server = createServer((socket) => {
      const connection = new HostConnection(socket, {
        token: this.token,
        version: options.version,
        greeted: (hello) => this.greeted(hello),
        sessions: () => this.need().sessions,
        methods: () => this.need().methods,
        report: options.report,
      });
      this.connections.add(connection);
      socket.on('close', () => {
        this.connections.delete(connection);
        this.lookIfIdle();
      });
    });
  }

  async listen(): Promise<void> {
    const { socket, folder } = this.options.place;
    if (process.platform !== 'win32') {
      const own = join(socket, '..');
      if (own !== folder) await secureFolder(own);
      // We hold the lock: whatever lies there was left by one that is gone.
      await rm(socket, { force: true });
    }
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(socket, resolve);
    });
    if (process.platform !== 'win32') await chmod(socket, 0o600);
    this.lookIfIdle();
  }

  async close(): Promise<void> {
    if (this.idle !== null) clearTimeout(this.idle);
    if (this.telling !== null) clearTimeout(this.telling);
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const connection of this.connections) connection.end();
    if (this.ready !== null) {
      await this.ready.sessions.close();
      await Promise.all(this.ready.extensions.map((extension) => extension.close?.()));
    }
    await closed;
    await releaseHostLock(this.options.place.lock);
  }

  /** The first server that is let in brings the key with which what is kept can be read. */
  private async greeted({ key }: HostHello): Promise<void> {
    this.opened ??= this.open(sealingOf(key === null ? null : Buffer.from(key, 'base64')));
    this.ready = await this.opened;
  }

  private need(): OpenHost {
    if (this.ready === null) throw new AppError('INTERNAL_ERROR', 'The host is not open yet.');
    return this.ready;
  }

  private async open(sealing: Sealing): Promise<OpenHost> {
    const { options } = this;
    const checkpoints = new Checkpoints(options.place.sessions, sealing);
    const extensions: HostExtension[] = [];
    const sessions = new Sessions({ ...options, checkpoints, sealing, extensions, changed: () => this.tellSoon(), isFolder });
    const context: HostContext = {
      session: (id, owner) => sessions.known(sessions.get(id, owner)),
      sessions: (owner) => sessions.of(owner).map((session) => sessions.known(session)),
      clock: options.clock,
      folder: options.place.folder,
      seal: sealing,
      report: options.report,
    };
    for (const create of options.extensions) extensions.push(await create(context));
    await sessions.restore(await checkpoints.load(options.report));
    const core = coreMethods(sessions, {
      version: options.version,
      startedAt: this.startedAt,
      admit: () => this.admit(),
      drain: () => {
        this.draining = true;
        this.lookIfIdle();
      },
    });
    return { sessions, extensions, methods: [...core, ...extensions.flatMap(({ methods }) => methods)] };
  }

  private admit(): void {
    if (this.draining) throw new AppError('GONE', 'This host takes no new terminals: a newer one is there.', { hint: 'Ask again.' });
  }

  private tellSoon(): void {
    this.telling ??= setTimeout(() => {
      this.telling = null;
      for (const connection of this.connections) connection.tell({ type: 'sessions' });
      this.lookIfIdle();
    }, tellEvery);
  }

  /** Without sessions, nothing is lost when it ends; the next server starts another. */
  private lookIfIdle(): void {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    const needed = this.ready !== null && this.ready.sessions.size > 0;
    if (needed || (this.connections.size > 0 && !this.draining)) return;
    this.idle = setTimeout(() => this.options.onIdle(), this.draining ? 0 : idleEnd);
  }
}

interface OpenHost {
  sessions: Sessions;
  extensions: HostExtension[];
  methods: readonly HostMethod[];
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
