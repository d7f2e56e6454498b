import { apiOf, type LoopbackProxy, onlyReads, openLoopbackProxy, type RequestInfo } from '@quarterdeck/cluster';
import type { ActDraft, OpenAct } from '@quarterdeck/contract';
import type { Acts, Caller } from '../ledger/acts.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';

/**
 * Doors from shells to clusters through the workbench: what kubectl asks is decided as any other call of its person, and what
 * it changes is in the ledger, by its request and not by its command line. A door goes with this process: afterwards kubectl
 * in that shell reaches nothing until it is opened again.
 */
export class TerminalGates {
  private readonly acts: Acts;
  private readonly open = new Map<string, LoopbackProxy>();

  constructor(acts: Acts) {
    this.acts = acts;
  }

  has(terminal: string): boolean {
    return this.open.has(terminal);
  }

  /** In place of the one that the shell had. Throws READ_ONLY for a recording. */
  async openFor(terminal: string, seen: SeenCluster, caller: Caller): Promise<LoopbackProxy> {
    const changes = new WeakMap<RequestInfo, OpenAct>();
    const acts = this.acts.of({ ...caller, via: 'terminal' }, seen.source.id);
    const proxy = await openLoopbackProxy(apiOf(await seen.access()), {
      authorize: async (info) => {
        const refusal = seen.authorize({ info, query: new URLSearchParams(), body: undefined });
        if (refusal === null && !onlyReads(info)) changes.set(info, await acts.begin(draftOf(terminal, info)));
        return refusal;
      },
      onCall: ({ info, status }) => {
        // The log that could not be written to keeps it, and tells of it.
        changes
          .get(info)
          ?.end({ outcome: status < 400 ? 'done' : 'failed', detail: { status } })
          .catch(() => undefined);
      },
    });
    await this.close(terminal);
    this.open.set(terminal, proxy);
    return proxy;
  }

  async close(terminal: string): Promise<void> {
    const proxy = this.open.get(terminal);
    this.open.delete(terminal);
    await proxy?.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.open.keys()].map((terminal) => this.close(terminal)));
  }
}

function draftOf(terminal: string, { method, path }: RequestInfo): ActDraft {
  return { action: 'kubectl.run', target: null, input: { terminal, method, path }, kubectl: null };
}
