import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { redactText } from '@quarterdeck/cluster/redaction';
import { AppError, toAppError } from '@quarterdeck/contract';
import { BlockStore } from '../blocks/block-store.ts';
import { HistoryStore } from '../history/history-store.ts';
import type { CreateHostExtension, HostContext } from '../host/host-extension.ts';
import { answer, type HostCall } from '../host/host-method.ts';
import { KubeOverlay } from '../kube/kube-overlay.ts';
import { KubeWatch } from '../kube/kube-watch.ts';
import { allRecognisers } from '../observer/all-recognisers.ts';
import { readDiscipline } from '../observer/echo-watch.ts';
import { terminalProcesses } from '../processes/process-tree.ts';
import type { SessionPartContext, SpawnKube, SpawnPreparation, SpawnRequest } from '../session/session-part.ts';
import { prepareShell } from './prepare-shell.ts';
import { shellCalls } from './shell-methods.ts';
import { ShellSession } from './shell-session.ts';

const name = 'shell';
const blockLimits = { blocks: 500, bytes: 16 * 1024 * 1024 };
const historyLimits = { entries: 10_000, ageMs: 180 * 24 * 3_600_000 };
const redact = (text: string) => redactText(text);

/** Shells that say where their commands begin and end, and everything that follows from it. */
export const createShellExtension: CreateHostExtension = async (host) => {
  const shells = new Shells(host, await openHistory(host));
  return {
    name,
    methods: shells.methods(),
    prepare: (request, soFar) => shells.prepare(request, soFar),
    forget: (session) => shells.forget(session),
    close: () => shells.close(),
  };
};

function openHistory({ folder, seal, clock, report }: HostContext): Promise<HistoryStore> {
  const options = { file: join(folder, name, 'history.json'), seal, redact, now: clock.now, limits: historyLimits };
  return HistoryStore.open(options, (thrown) => report('The history of terminals could not be read or written', thrown));
}

class Shells {
  private readonly host: HostContext;
  private readonly history: HistoryStore;
  private readonly running = new Map<string, ShellSession>();
  private readonly stores = new Map<string, Promise<BlockStore>>();

  constructor(host: HostContext, history: HistoryStore) {
    this.host = host;
    this.history = history;
  }

  methods() {
    return [
      answer(shellCalls.blocks, async ({ id }, call) => (await this.blocksOf(id, call)).list()),
      answer(shellCalls.blockOutput, async ({ id, block }, call) => (await this.blocksOf(id, call)).output(block)),
      answer(shellCalls.bookmark, async ({ id, block, bookmarked }, call) => (await this.blocksOf(id, call)).bookmark(block, bookmarked)),
      answer(shellCalls.findings, ({ id }, { owner }) => {
        this.host.session(id, owner);
        return [...(this.running.get(id)?.findings ?? [])];
      }),
      answer(shellCalls.history, async (query, { owner }) => {
        // What ended a moment ago is in it.
        await Promise.all([...this.running.values()].map((shell) => shell.settled()));
        return this.history.find(query, owner);
      }),
      answer(shellCalls.forget, async ({ entry }, { owner }) => {
        await this.history.remove(entry, owner);
        return { entry };
      }),
      answer(shellCalls.processes, async ({ id }, { owner }) => {
        const { facts, state } = this.host.session(id, owner);
        return state === 'running' ? terminalProcesses(facts.pid, redact) : { processes: [], busy: false };
      }),
      answer(shellCalls.hidden, async ({ id }, { owner }) => {
        this.host.session(id, owner);
        return { hidden: (await this.running.get(id)?.isHidden()) ?? false };
      }),
      answer(shellCalls.setKube, ({ id, kube, door }, { owner }) => {
        this.host.session(id, owner);
        const watch = this.running.get(id)?.kube;
        if (watch == null)
          throw new AppError('CONFLICT', 'This shell uses the kubeconfig of its own files.', { hint: 'Open another terminal for a cluster of the workbench.' });
        return watch.set(kube, door);
      }),
    ];
  }

  async prepare(request: SpawnRequest, soFar: SpawnPreparation): Promise<SpawnPreparation> {
    const { id, folder, kube, ownArguments } = request;
    const blocks = await this.storeOf(id);
    const overlay = kube === null ? null : await this.overlayOf(join(folder, 'kube', 'config'), kube);
    const env = overlay === null || kube === null ? soFar.env : { ...soFar.env, KUBECONFIG: [overlay.path, ...kube.files].join(':') };
    const { secret, ...command } = await prepareShell({ ...soFar, env }, { folder, ownArguments });
    const part = (context: SessionPartContext) => this.accompany(context, { secret, blocks, overlay, kube });
    return { ...soFar, ...command, parts: [...soFar.parts, part] };
  }

  /** Null for a context that is in none of the files: one that was uploaded, or has another name there. */
  private async overlayOf(path: string, { context, namespace, files }: SpawnKube): Promise<KubeOverlay | null> {
    const overlay = new KubeOverlay(path, files);
    try {
      await overlay.set(context, namespace);
      return overlay;
    } catch (thrown) {
      if (toAppError(thrown).code === 'NOT_FOUND') return null;
      throw thrown;
    }
  }

  async forget(session: string): Promise<void> {
    this.running.delete(session);
    this.stores.delete(session);
    await rm(this.folderOf(session), { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await this.history.close();
  }

  private accompany(context: SessionPartContext, { secret, blocks, overlay, kube }: Prepared): ShellSession {
    const { report } = this.host;
    const { history } = this;
    const watch =
      overlay === null || kube === null
        ? null
        : new KubeWatch({
            overlay,
            pinned: kube.pinned,
            production: new Set([...(kube.production ? [kube.context] : []), ...(kube.productionContexts ?? [])]),
            changed: (now) => context.emit({ type: 'kube', kube: now }),
            report,
          });
    const options = { context, secret, blocks, history, recognisers: allRecognisers, readDiscipline, redact, kube: watch, report };
    const session = new ShellSession(options);
    this.running.set(context.session.id, session);
    // It was asked for and can't be: the shell uses what its own files say.
    if (kube !== null && overlay === null) context.emit({ type: 'kube', kube: null });
    watch?.start().catch((thrown: unknown) => report('The kubeconfig of a terminal is not watched', thrown));
    return session;
  }

  /** Throws NOT_FOUND for a session that is not theirs. What ended a moment ago is in it. */
  private async blocksOf(id: string, { owner }: HostCall): Promise<BlockStore> {
    this.host.session(id, owner);
    await this.running.get(id)?.settled();
    return this.storeOf(id);
  }

  private storeOf(id: string): Promise<BlockStore> {
    const known = this.stores.get(id) ?? BlockStore.open({ folder: this.folderOf(id), seal: this.host.seal, redact, limits: blockLimits });
    this.stores.set(id, known);
    return known;
  }

  private folderOf(session: string): string {
    return join(this.host.folder, name, 'blocks', session);
  }
}

interface Prepared {
  secret: string;
  blocks: BlockStore;
  overlay: KubeOverlay | null;
  kube: SpawnKube | null;
}
