import { readdir, readFile } from 'node:fs/promises';
import { AppError, type TerminalClientFrame, type TerminalHostState, type TerminalSession } from '@quarterdeck/contract';
import type * as z from 'zod';
import type { HostMethodDescriptor } from '../host/host-method.ts';
import { hostCalls, hostProtocol } from '../protocol/host-messages.ts';
import { hostPlace } from '../protocol/host-place.ts';
import { connectHost, type HostClient, type HostClientEvents } from './host-client.ts';
import { spawnHost } from './spawn-host.ts';

/** Milliseconds that a host takes to begin: a slow machine under load needs seconds. */
const beginsWithin = 30_000;
const lookEvery = 25;

export interface TerminalHostsOptions {
  /** 0700, or not there yet. */
  folder: string;
  version: string;
  scrollback: number;
  environment: Readonly<Record<string, string | undefined>>;
  /** What hosts seal with; base64. Null: nothing is sealed. */
  key(): Promise<string | null>;
  wait(milliseconds: number): Promise<void>;
  /** Sessions began, ended or were named. */
  onSessions?(): void;
}

export interface HostCallOptions {
  owner: string | null;
  signal: AbortSignal;
  /** The id of the session that it is about: it may be held by an older host. */
  session?: string;
}

/** The frames of one page, to and from whichever hosts hold what it shows. */
export interface TerminalPage {
  send(frame: TerminalClientFrame): Promise<void>;
  pause(): void;
  resume(): void;
  close(): void;
}

/** The hosts of a workbench: the one of its version, started when it is first needed, and older ones that still hold shells. */
export class TerminalHosts {
  private readonly options: TerminalHostsOptions;
  private readonly connections = new Map<string, Promise<HostClient | null>>();
  private starting: Promise<HostClient> | null = null;

  constructor(options: TerminalHostsOptions) {
    this.options = options;
  }

  /** Those of one person; of all for null. Starts a host only where something is kept that it can show. */
  async list(call: HostCallOptions): Promise<TerminalSession[]> {
    if ((await this.keepsSessions()) && (await this.connection(this.options.version)) === null) await this.ensure();
    const hosts = await this.all();
    try {
      return (await Promise.all(hosts.map((host) => host.call(hostCalls.listSessions, {}, call)))).flat();
    } catch (thrown) {
      // One that ended just now: the next one shows what it kept.
      if (hosts.every((host) => host.isOpen)) throw thrown;
      return this.list(call);
    }
  }

  async create(request: z.input<typeof hostCalls.createSession.input>, call: HostCallOptions): Promise<TerminalSession> {
    return (await this.ensure()).call(hostCalls.createSession, request, call);
  }

  /** Asks the host that holds the session, else the one of this version. Throws NOT_FOUND for a session that no host holds. */
  async call<Input extends z.ZodType, Output extends z.ZodType>(
    method: HostMethodDescriptor<Input, Output>,
    input: z.input<Input>,
    options: HostCallOptions,
  ): Promise<z.output<Output>> {
    const host = options.session === undefined ? await this.ensure() : await this.holderOf(options.session, options);
    return host.call(method, input, options);
  }

  /** Null while there is no host. */
  async state(signal: AbortSignal): Promise<TerminalHostState | null> {
    const states = await Promise.all((await this.all()).map((host) => host.call(hostCalls.hostState, {}, { owner: null, signal })));
    const current = states.find(({ version }) => version === this.options.version);
    if (current === undefined) return null;
    return { ...current, draining: states.filter((state) => state !== current).map(({ pid, version, sessions }) => ({ pid, version, sessions })) };
  }

  /** For one page of one person. `events.onClose`: a host that it shows something of is gone. */
  async openPage(owner: string, client: string, events: HostClientEvents): Promise<TerminalPage> {
    const places = new Map<string, Promise<HostClient>>();
    const holders = new Map<number, string>();
    let closed = false;
    const connect = (version: string): Promise<HostClient> => {
      const known = places.get(version);
      if (known !== undefined) return known;
      const opening = this.open(version, { owner, client }, events).then((host) => {
        if (host === null) throw new AppError('UNSUPPORTED', 'The terminal host has ended.');
        if (closed) host.close();
        return host;
      });
      places.set(version, opening);
      return opening;
    };
    const holder = async (number: number): Promise<HostClient> => {
      const known = holders.get(number);
      if (known !== undefined) return connect(known);
      for (const host of await this.all()) {
        const listed = await host.call(hostCalls.listSessions, {}, { owner, signal: AbortSignal.timeout(beginsWithin) });
        if (!listed.some((session) => session.number === number)) continue;
        holders.set(number, host.welcome.version);
        return connect(host.welcome.version);
      }
      throw new AppError('NOT_FOUND', `There is no terminal ${number}.`, { hint: 'GET /api/terminals lists yours.' });
    };
    const each = async (run: (host: HostClient) => void) => {
      for (const opening of places.values()) run(await opening);
    };
    if ((await this.connection(this.options.version)) !== null) await connect(this.options.version);
    return {
      async send(frame) {
        if (frame.type === 'control' && !('session' in frame.control)) return each((host) => host.send(frame));
        const number = frame.type !== 'control' ? frame.session : 'session' in frame.control ? frame.control.session : 0;
        (await holder(number)).send(frame);
      },
      pause: () => void each((host) => host.pause()),
      resume: () => void each((host) => host.resume()),
      close() {
        closed = true;
        void each((host) => host.close());
      },
    };
  }

  /** Lets go of the hosts; they go on. */
  async close(): Promise<void> {
    const open = await Promise.all([...this.connections.values()].map((connection) => connection.catch(() => null)));
    for (const host of open) host?.close();
    this.connections.clear();
  }

  private async holderOf(session: string, { owner, signal }: HostCallOptions): Promise<HostClient> {
    for (const host of await this.all()) {
      const listed = await host.call(hostCalls.listSessions, {}, { owner, signal });
      if (listed.some(({ id }) => id === session)) return host;
    }
    throw new AppError('NOT_FOUND', `There is no terminal ${session}.`, { hint: 'GET /api/terminals lists yours.' });
  }

  /** The host of this version, started where it does not run; older ones are told that they are not needed any more. */
  private ensure(): Promise<HostClient> {
    this.starting ??= this.start().finally(() => {
      this.starting = null;
    });
    return this.starting;
  }

  private async start(): Promise<HostClient> {
    const { folder, version, wait } = this.options;
    const running = await this.connection(version);
    if (running !== null) return running;
    await spawnHost({ ...this.options, place: hostPlace(folder, version) });
    for (let waited = 0; waited < beginsWithin; waited += lookEvery) {
      const host = await this.connection(version);
      if (host !== null) {
        await this.drainOthers();
        return host;
      }
      await wait(lookEvery);
    }
    throw new AppError('UNSUPPORTED', 'The terminal host did not start.', { hint: `What went wrong stands in ${hostPlace(folder, version).log}.` });
  }

  private async drainOthers(): Promise<void> {
    const signal = AbortSignal.timeout(beginsWithin);
    const older = (await this.all()).filter(({ welcome }) => welcome.version !== this.options.version);
    await Promise.all(older.map((host) => host.call(hostCalls.drainHost, {}, { owner: null, signal })));
  }

  private async all(): Promise<HostClient[]> {
    const found = await Promise.all((await this.versions()).map((version) => this.connection(version)));
    return found.flatMap((host) => host ?? []);
  }

  /** Of the hosts that hold their lock. */
  private async versions(): Promise<string[]> {
    const names = await readdir(this.options.folder).catch(() => []);
    const prefix = `host-${hostProtocol}-`;
    return names.flatMap((name) => (name.startsWith(prefix) && name.endsWith('.lock') ? [name.slice(prefix.length, -'.lock'.length)] : []));
  }

  private async keepsSessions(): Promise<boolean> {
    return (await readdir(hostPlace(this.options.folder, this.options.version).sessions).catch(() => [])).length > 0;
  }

  /** The workbench's own connection to the host of a version; null where there is none. */
  private connection(version: string): Promise<HostClient | null> {
    const known = this.connections.get(version);
    if (known !== undefined) return known.then((host) => (host === null || host.isOpen ? host : this.reconnect(version, known)));
    const forget = () => {
      if (this.connections.get(version) === opening) this.connections.delete(version);
      this.options.onSessions?.();
    };
    const opening = this.open(version, { owner: null, client: null }, { onFrame: () => this.options.onSessions?.(), onClose: forget });
    this.connections.set(version, opening);
    opening.then((host) => (host === null ? this.connections.delete(version) : null), forget);
    return opening;
  }

  /** What closed may not have been told yet. */
  private reconnect(version: string, closed: Promise<HostClient | null>): Promise<HostClient | null> {
    if (this.connections.get(version) === closed) this.connections.delete(version);
    return this.connection(version);
  }

  private async open(version: string, who: { owner: string | null; client: string | null }, events: HostClientEvents): Promise<HostClient | null> {
    const { folder, key } = this.options;
    const { socket, token: tokenFile } = hostPlace(folder, version);
    const token = await readFile(tokenFile, 'utf8').catch(() => null);
    return token === null ? null : connectHost({ ...who, socket, token, key: await key() }, events);
  }
}
