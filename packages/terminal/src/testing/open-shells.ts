import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TerminalEvent, TerminalServerFrame } from '@quarterdeck/contract';
import type * as z from 'zod';
import { Checkpoints } from '../host/checkpoint.ts';
import type { HostExtension } from '../host/host-extension.ts';
import type { HostMethodDescriptor } from '../host/host-method.ts';
import { openPty } from '../host/pty.ts';
import { sealingOf } from '../host/sealing.ts';
import type { PtySession } from '../host/session.ts';
import { Sessions } from '../host/sessions.ts';
import { createShellExtension } from '../integration/shell-extension.ts';
import type { SpawnKube } from '../session/session-part.ts';

export const testOwner = 'person';
const patience = 8_000;

/** Sessions as the host has them, with a home folder of their own. */
export class TestShells {
  readonly folder: string;
  readonly home: string;
  private readonly extensions: HostExtension[] = [];
  private readonly sessions: Sessions;
  readonly reported: string[] = [];

  private constructor(folder: string) {
    this.folder = folder;
    this.home = join(folder, 'home');
    const sealing = sealingOf(null);
    this.sessions = new Sessions({
      clock: { now: Date.now, monotonic: () => performance.now() },
      openPty,
      wait,
      checkpoints: new Checkpoints(join(folder, 'sessions'), sealing),
      sealing,
      scrollback: 1000,
      version: 'test',
      environment: { PATH: process.env.PATH, HOME: this.home, LANG: 'C.UTF-8' },
      home: this.home,
      extensions: this.extensions,
      isFolder: async () => true,
      changed: () => undefined,
      report: (what, thrown) => void this.reported.push(`${what}: ${String(thrown)}`),
    });
  }

  /** In a new folder, or in one where shells ran before. */
  static async open(folder?: string): Promise<TestShells> {
    const shells = new TestShells(folder ?? (await mkdtemp(join(tmpdir(), 'quarterdeck-shells-'))));
    await mkdir(shells.home, { recursive: true });
    const { sessions } = shells;
    const extension = await createShellExtension({
      session: (id, owner) => sessions.known(sessions.get(id, owner)),
      sessions: (owner) => sessions.of(owner).map((session) => sessions.known(session)),
      clock: { now: Date.now, monotonic: () => performance.now() },
      folder: shells.folder,
      seal: sealingOf(null),
      report: (what, thrown) => void shells.reported.push(`${what}: ${String(thrown)}`),
    });
    shells.extensions.push(extension);
    return shells;
  }

  async start(shell: string, options: { kube?: SpawnKube; env?: Record<string, string> } = {}): Promise<TestShell> {
    const { kube = null, env = {} } = options;
    const session = await this.sessions.create({ shell, columns: 100, rows: 30, cwd: this.home, env, kube }, testOwner);
    return TestShell.open(session);
  }

  async call<Input extends z.ZodType, Output extends z.ZodType>(
    { name, output }: HostMethodDescriptor<Input, Output>,
    input: z.input<Input>,
    owner: string | null = testOwner,
  ): Promise<z.output<Output>> {
    const method = this.extensions.flatMap(({ methods }) => methods).find((candidate) => candidate.name === name);
    return output.parse(await method?.call(input, { owner, signal: AbortSignal.timeout(patience) }));
  }

  async close(): Promise<void> {
    await Promise.all(this.sessions.of(null).map((session) => this.sessions.end(session)));
    await Promise.all(this.extensions.map((extension) => extension.close?.()));
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** One shell, at which somebody types and looks. */
export class TestShell {
  readonly session: PtySession;
  readonly events: TerminalEvent[] = [];
  /** All that was put out. */
  text = '';
  private readonly listeners = new Set<() => void>();

  private constructor(session: PtySession) {
    this.session = session;
  }

  static async open(session: PtySession): Promise<TestShell> {
    const shell = new TestShell(session);
    const send = (frame: TerminalServerFrame) => {
      if (frame.type === 'event') shell.events.push(frame.event);
      if (frame.type === 'output') shell.text += Buffer.from(frame.bytes).toString();
      for (const listener of shell.listeners) listener();
    };
    const viewer = await session.attach('test-page', { send, isBackedUp: false }, { haveOffset: null, lines: 0 });
    viewer.start();
    return shell;
  }

  get id(): string {
    return this.session.record.value.id;
  }

  /** The first event of this type for which it is true. */
  until<T extends TerminalEvent['type']>(type: T, fits: (event: Extract<TerminalEvent, { type: T }>) => boolean = () => true) {
    const isOne = (event: TerminalEvent): event is Extract<TerminalEvent, { type: T }> => event.type === type;
    return this.wait(type, () => this.events.filter(isOne).find(fits));
  }

  /** Until something new is put out that matches. */
  async untilText(pattern: RegExp): Promise<void> {
    const from = this.text.length;
    await this.wait(String(pattern), () => (pattern.test(this.text.slice(from)) ? true : undefined));
  }

  private async wait<T>(what: string, find: () => T | undefined): Promise<T> {
    const signal = AbortSignal.timeout(patience);
    for (let found = find(); ; found = find()) {
      if (found !== undefined) return found;
      await new Promise<void>((resolve, reject) => {
        const done = () => {
          this.listeners.delete(done);
          signal.removeEventListener('abort', late);
          resolve();
        };
        const late = () => reject(new Error(`There was no ${what} that fits in ${JSON.stringify(this.events.slice(-12))}`));
        this.listeners.add(done);
        signal.addEventListener('abort', late, { once: true });
      });
    }
  }

  /** The shell stands at its first prompt, or has none that says so. */
  async ready(): Promise<this> {
    await this.until('integrated');
    return this;
  }

  type(text: string): void {
    this.session.type(Buffer.from(text));
  }

  /** Types a line and waits for its block to end. */
  async run(line: string) {
    const before = this.ended().length;
    this.type(`${line}\r`);
    await this.until('blockEnded', () => this.ended().length > before);
    const block = this.ended()[before];
    if (block === undefined) throw new Error(`${line} left no block.`);
    return block;
  }

  ended() {
    return this.events.flatMap((event) => (event.type === 'blockEnded' ? [event.block] : []));
  }
}
