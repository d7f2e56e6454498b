import { randomInt, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { AppError, type TerminalSession, type TerminalTheme } from '@quarterdeck/contract';
import type { SpawnKube, SpawnPreparation, SpawnRequest } from '../session/session-part.ts';
import type { Checkpoint } from './checkpoint.ts';
import { loginArguments, shellEnvironment, terminalVariables } from './environment.ts';
import type { HostExtension, KnownSession } from './host-extension.ts';
import { signalIn } from './processes-of.ts';
import { PtySession, type SessionWorld } from './session.ts';

const mostSessions = 64;
const largestNumber = 0x7fff_ffff;

export interface SessionsWorld extends Omit<SessionWorld, 'theme'> {
  environment: Readonly<Record<string, string | undefined>>;
  home: string;
  extensions: readonly HostExtension[];
  isFolder(path: string): Promise<boolean>;
}

export type NewSession = Omit<SpawnRequest, 'id' | 'owner' | 'folder' | 'ownArguments'> & { kube: SpawnKube | null };

/** All shells of the host. */
export class Sessions {
  private readonly world: SessionsWorld;
  private readonly byId = new Map<string, PtySession>();
  theme: TerminalTheme | null = null;

  constructor(world: SessionsWorld) {
    this.world = world;
  }

  get size(): number {
    return this.byId.size;
  }

  list(owner: string | null): TerminalSession[] {
    return this.of(owner).map(({ record }) => record.value);
  }

  /** Throws NOT_FOUND; also for one of somebody else. */
  get(id: string, owner: string | null): PtySession {
    const session = this.byId.get(id);
    if (session === undefined || (owner !== null && session.record.value.owner !== owner)) throw noSession(id);
    return session;
  }

  byNumber(number: number, owner: string | null): PtySession {
    const session = this.of(owner).find((each) => each.number === number);
    if (session === undefined) throw noSession(String(number));
    return session;
  }

  known(session: PtySession): KnownSession {
    return { facts: session.record.value, state: session.record.value.state, write: (bytes) => session.type(bytes) };
  }

  of(owner: string | null): PtySession[] {
    return [...this.byId.values()].filter(({ record }) => owner === null || record.value.owner === owner);
  }

  /** Throws RATE_LIMITED, VALIDATION_ERROR, UNSUPPORTED. */
  async create(request: NewSession, owner: string): Promise<PtySession> {
    if (this.of(null).filter(({ record }) => record.value.state === 'running').length >= mostSessions) {
      throw new AppError('RATE_LIMITED', `${mostSessions} terminals run already.`, { hint: 'End some first.' });
    }
    const cwd = request.cwd ?? this.world.home;
    if (!(await this.world.isFolder(cwd))) throw new AppError('VALIDATION_ERROR', `cwd: ${cwd} is no folder.`, { hint: 'Name one that is there.' });
    const id = randomUUID();
    const session = new PtySession(this.factsOf(id, owner, { ...request, cwd }), { ...this.world, theme: this.theme });
    this.byId.set(id, session);
    try {
      const folder = await this.world.checkpoints.folder(id);
      await session.start(await this.prepare({ ...request, cwd, id, owner, folder, ownArguments: false }));
    } catch (thrown) {
      await this.drop(session);
      throw thrown;
    }
    this.world.changed();
    return session;
  }

  rename(session: PtySession, name: string): void {
    session.record.set({ name });
  }

  signal(session: PtySession, signal: Parameters<typeof signalIn>[1], pid: number | undefined): Promise<number[]> {
    const { state, pid: shell } = session.record.value;
    return state === 'running' ? signalIn(shell, signal, pid) : Promise.resolve([]);
  }

  /** Ends what runs in it, and forgets it. */
  async end(session: PtySession): Promise<void> {
    await session.end();
    await this.drop(session);
    this.world.changed();
  }

  /** Shows what an earlier host left: its shells are gone. */
  async restore(checkpoints: readonly Checkpoint[]): Promise<void> {
    for (const { session: facts, offset, text } of checkpoints) {
      if (this.byId.has(facts.id)) continue;
      const gone = { viewers: 0, writer: null, running: null, hidden: false };
      const state = facts.state === 'running' ? 'lost' : facts.state;
      const session = new PtySession({ ...facts, ...gone, state }, { ...this.world, theme: this.theme }, offset);
      session.restore(state === 'lost' ? `${text}${lostNotice}` : text);
      this.byId.set(facts.id, session);
      // Its pages are told once; should this host be lost as well, the text is there once.
    }
    this.world.changed();
  }

  /** Writes down what all show, and lets go: what runs is hung up. */
  async close(): Promise<void> {
    await Promise.all(this.of(null).map((session) => session.save().then(() => session.close())));
    this.byId.clear();
  }

  private async drop(session: PtySession): Promise<void> {
    const { id } = session.record.value;
    this.byId.delete(id);
    await session.close();
    await Promise.all(this.world.extensions.map((extension) => extension.forget?.(id)));
    await this.world.checkpoints.forget(id);
  }

  private async prepare(request: SpawnRequest): Promise<SpawnPreparation> {
    const { environment, version, extensions } = this.world;
    const env = { ...shellEnvironment(environment), ...request.env, ...terminalVariables(request.id, version), SHELL: request.shell };
    let preparation: SpawnPreparation = { file: request.shell, args: loginArguments(request.shell), env, parts: [], dispose: async () => undefined };
    for (const extension of extensions) preparation = (await extension.prepare?.(request, preparation)) ?? preparation;
    return preparation;
  }

  private factsOf(id: string, owner: string, { shell, cwd, columns, rows, name, kube }: NewSession): TerminalSession {
    const { context, namespace, pinned, production } = kube ?? { context: '', namespace: null, pinned: false, production: false };
    return {
      id,
      number: this.freeNumber(),
      name: name ?? basename(shell),
      shell: basename(shell),
      pid: 0,
      owner,
      createdAt: new Date(this.world.clock.now()).toISOString(),
      cwd: cwd ?? null,
      title: null,
      columns,
      rows,
      state: 'running',
      exit: null,
      viewers: 0,
      writer: null,
      kube: kube === null ? null : { context, namespace: namespace ?? 'default', pinned, production },
      running: null,
      integrated: false,
      observed: true,
      hidden: false,
      detachedAt: null,
    };
  }

  private freeNumber(): number {
    for (;;) {
      const number = randomInt(1, largestNumber);
      if (!this.of(null).some((session) => session.number === number)) return number;
    }
  }
}

/** Leaves whatever screen the program had, and says what happened. */
const lostNotice =
  '\x1b[?1049l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?2004l\x1b[?25h\x1b[0m\x1b[r\x1b[9999;1H\r\n\x1b[7m The shell was lost when its host ended. What it had shown is above. \x1b[0m\r\n';

function noSession(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no terminal ${id}.`, { hint: 'GET /api/terminals lists yours.' });
}
