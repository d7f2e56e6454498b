import { randomUUID } from 'node:crypto';
import type { ClusterAccess } from '@quarterdeck/cluster';
import { AppError, type Forward, type ForwardRequest } from '@quarterdeck/contract';
import type { ForwardDeclaration } from '@quarterdeck/storage';
import { noForward } from './no-forward.ts';
import type { RememberedForwards } from './remembered-forwards.ts';
import { idleStats, RunningForward } from './running-forward.ts';

interface Entry {
  declaration: ForwardDeclaration;
  running: RunningForward | null;
}

/** A page needs a handful; whoever asks for so many more has a fault. */
const mostForwards = 100;

export interface ForwardDeskOptions {
  /** Opens a cluster by its id, for forwards that start with the workbench. */
  access(cluster: string): Promise<ClusterAccess>;
  remembered: RememberedForwards;
}

interface Starting {
  autostart: boolean;
  /** The cluster as whoever starts it sees it. */
  access(): Promise<ClusterAccess>;
}

/** The forwards of the workbench: started, stopped and remembered. They run in the background, whoever looks. */
export class ForwardDesk {
  private readonly options: ForwardDeskOptions;
  private readonly entries = new Map<string, Entry>();
  private closed = false;

  constructor(options: ForwardDeskOptions) {
    this.options = options;
    for (const declaration of options.remembered.initial) this.entries.set(declaration.id, { declaration, running: null });
  }

  /** Starts those that are to start with the workbench; it goes on trying where a cluster can't be reached yet. */
  startRemembered(): void {
    for (const entry of this.entries.values()) if (entry.declaration.autostart) this.run(entry).keepTrying();
  }

  /** Undefined: of all clusters. */
  list(cluster?: string): Forward[] {
    return [...this.entries.values()].filter(({ declaration }) => cluster === undefined || declaration.cluster === cluster).map(shown);
  }

  /** Throws as `openForward` does; nothing is remembered then. */
  async start(cluster: string, request: ForwardRequest, { autostart, access }: Starting): Promise<Forward> {
    if (this.entries.size >= mostForwards) throw new AppError('RATE_LIMITED', `There are ${mostForwards} port-forwards already.`, { hint: 'Stop some first.' });
    const entry: Entry = { declaration: { id: randomUUID(), cluster, ...request, autostart }, running: null };
    const running = this.run(entry, access);
    await running.start();
    // A port that was chosen freely stays the same from now on.
    entry.declaration = { ...entry.declaration, ports: running.ports };
    this.entries.set(entry.declaration.id, entry);
    await this.options.remembered.save(entry.declaration);
    return shown(entry);
  }

  /** Starts again what was stopped or failed. */
  async resume(id: string, { autostart, access }: Starting): Promise<Forward> {
    const entry = this.get(id);
    await entry.running?.close();
    try {
      await this.run(entry, access).start();
    } catch (thrown) {
      entry.running = null;
      throw thrown;
    }
    entry.declaration = { ...entry.declaration, autostart };
    await this.options.remembered.save(entry.declaration);
    return shown(entry);
  }

  /** What was asked for. Throws NOT_FOUND. */
  declaration(id: string): ForwardDeclaration {
    return this.get(id).declaration;
  }

  async stop(id: string, forget: boolean): Promise<void> {
    const entry = this.get(id);
    await entry.running?.close();
    entry.running = null;
    entry.declaration = { ...entry.declaration, autostart: false };
    if (forget) this.entries.delete(id);
    await (forget ? this.options.remembered.forget(id) : this.options.remembered.save(entry.declaration));
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.entries.values()].map(({ running }) => running?.close()));
  }

  private run(entry: Entry, access: () => Promise<ClusterAccess> = () => this.options.access(entry.declaration.cluster)): RunningForward {
    if (this.closed) throw new AppError('CANCELLED', 'The workbench ends.');
    const running = new RunningForward(entry.declaration, access);
    entry.running = running;
    return running;
  }

  private get(id: string): Entry {
    const entry = this.entries.get(id);
    if (entry !== undefined) return entry;
    throw noForward(id);
  }
}

function shown({ declaration, running }: Entry): Forward {
  return { ...declaration, stats: running?.stats() ?? idleStats(declaration) };
}
