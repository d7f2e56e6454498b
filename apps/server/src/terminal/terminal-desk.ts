import { recordAct } from '@quarterdeck/cluster';
import {
  type ActDraft,
  AppError,
  type TerminalChange,
  type TerminalHostState,
  type TerminalRequest,
  type TerminalSession,
  type TerminalSignal,
} from '@quarterdeck/contract';
import { type HostCallOptions, hostCalls, type TerminalHosts } from '@quarterdeck/terminal';
import type { Actor } from '../gate/decide.ts';
import type { Acts, Caller } from '../ledger/acts.ts';
import { findShell } from './find-shell.ts';
import { TerminalGates } from './terminal-gates.ts';
import type { TerminalOptions } from './terminal-options.ts';

/** Which cluster a new shell speaks to. */
export interface ShellCluster {
  context: string;
  namespace: string | null;
  pinned: boolean;
  production: boolean;
  /** All contexts that others live by: somebody may switch to one of them in the shell. */
  productionContexts: string[];
}

type Asking = Caller & { signal: AbortSignal };

export interface TerminalDeskOptions extends TerminalOptions {
  hosts: TerminalHosts;
  acts: Acts;
  /** Where programs are found. */
  path: string;
}

/** Shells on the machine of the workbench, as people have them: each their own. */
export class TerminalDesk {
  readonly gates: TerminalGates;
  private readonly options: TerminalDeskOptions;

  constructor(options: TerminalDeskOptions) {
    this.options = options;
    this.gates = new TerminalGates(options.acts);
  }

  /** The hosts, for somebody who may have shells here. Throws FORBIDDEN for an agent, UNSUPPORTED where there are none. */
  hostsFor(actor: Actor): TerminalHosts {
    if (actor.kind !== 'person') throw new AppError('FORBIDDEN', 'A program with a model in it has no terminal.', { hint: 'A person opens one.' });
    if (this.options.enabled) return this.options.hosts;
    throw new AppError('UNSUPPORTED', 'This workbench opens no shells on its own machine.', {
      hint: 'Shells in pods work. An administrator turns the others on with QUARTERDECK_TERMINAL=on.',
    });
  }

  async list(call: Asking): Promise<TerminalSession[]> {
    return this.hostsFor(call.actor).list(optionsOf(call));
  }

  async create(request: TerminalRequest, kube: ShellCluster | null, call: Asking): Promise<TerminalSession> {
    const hosts = this.hostsFor(call.actor);
    const shell = await findShell(request.shell ?? this.options.shell, this.options.path);
    // What the person sets in the environment may hold secrets: the ledger has the names alone.
    const input = { shell, cwd: request.cwd ?? null, name: request.name ?? null, variables: Object.keys(request.env ?? {}), context: kube?.context ?? null };
    return this.recorded(
      { action: 'terminal.open', input },
      call,
      () => hosts.create({ ...request, shell, kube: kube === null ? null : { ...kube, files: [...this.options.kubeconfigs] } }, optionsOf(call)),
      ({ id, pid }) => ({ terminal: id, pid }),
    );
  }

  async change(id: string, change: Omit<TerminalChange, 'kube'>, call: Asking): Promise<TerminalSession> {
    return this.hostsFor(call.actor).call(hostCalls.changeSession, { id, ...change }, optionsOf(call, id));
  }

  async end(id: string, call: Asking): Promise<{ id: string }> {
    const hosts = this.hostsFor(call.actor);
    const ended = await this.recorded({ action: 'terminal.end', input: { terminal: id } }, call, () =>
      hosts.call(hostCalls.endSession, { id }, optionsOf(call, id)),
    );
    await this.gates.close(id);
    return ended;
  }

  async signal(id: string, signal: TerminalSignal, pid: number | undefined, call: Asking): Promise<{ signalled: number[] }> {
    return this.hostsFor(call.actor).call(hostCalls.signalSession, { id, signal, ...(pid === undefined ? {} : { pid }) }, optionsOf(call, id));
  }

  /** A page types from now on where another did. */
  async takenOver(number: number, caller: Caller): Promise<void> {
    await this.recorded({ action: 'terminal.takeOver', input: { number } }, caller, async () => undefined);
  }

  async state(call: Asking): Promise<TerminalHostState | null> {
    return this.hostsFor(call.actor).state(call.signal);
  }

  /** The shells go on. */
  async close(): Promise<void> {
    await this.gates.closeAll();
    await this.options.hosts.close();
  }

  private recorded<T>(
    draft: Pick<ActDraft, 'action' | 'input'>,
    caller: Caller,
    run: () => Promise<T>,
    detail: (value: T) => Record<string, unknown> = () => ({}),
  ): Promise<T> {
    return recordAct(this.options.acts.of(caller, null), { ...draft, target: null, kubectl: null }, run, (value) => ({ detail: detail(value) }));
  }
}

function optionsOf({ actor, signal }: Pick<Asking, 'actor' | 'signal'>, session?: string): HostCallOptions {
  return { owner: actor.id, signal, ...(session === undefined ? {} : { session }) };
}
