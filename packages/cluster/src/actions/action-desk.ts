import { type Action, type ActionPage, type ActLog, AppError, changeSchema, finalActionStates, refLabel, type StepDraft } from '@quarterdeck/contract';
import { recordAct } from '../acts/record-act.ts';
import type { ChangeAccess } from '../change/resolve-change.ts';
import { ActionRun } from './action-run.ts';
import type { ActionFilter } from './action-store.ts';
import { type Proposal, proposeAction } from './propose-action.ts';
import { repeatedSteps } from './repeated-steps.ts';
import type { DeskDependencies, RunMeans } from './run-means.ts';
import { toldStore } from './told-store.ts';

/** Who approves what, by the hash that they saw. */
export interface Approval {
  hash: string;
  by: string;
  note: string | null;
}

/** Milliseconds after which one that is not run here is looked at again. */
const lookAgain = 1_000;

/**
 * Previews, approvals, runs and undos. One run goes on whoever looks; it ends with the desk. An approval is for exactly
 * what was previewed, and is used once.
 */
export class ActionDesk {
  private readonly deps: DeskDependencies;
  private readonly runs = new Map<string, ActionRun>();
  private readonly ending = new AbortController();

  private readonly listeners = new Set<(action: Action) => void>();

  constructor(deps: DeskDependencies) {
    this.deps = { ...deps, store: toldStore(deps.store, (action) => this.tell(action)) };
  }

  /** Told of every action that is made or changes at this desk. */
  onAction(listener: (action: Action) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Previews and keeps it. */
  async propose(access: ChangeAccess, proposal: Proposal, signal: AbortSignal): Promise<Action> {
    const { store, clock, newId } = this.deps;
    const { action, kept } = await proposeAction(access, proposal, { id: newId(), now: clock.now() }, signal);
    await store.keep(action.id, kept);
    await store.put(action, null);
    return action;
  }

  /** Throws NOT_FOUND. */
  async get(id: string): Promise<Action> {
    const action = this.runs.get(id)?.action ?? (await this.deps.store.get(id));
    if (action === null) throw new AppError('NOT_FOUND', `There is no action ${id}.`, { hint: 'List the actions to see what there is.' });
    return this.aged(action);
  }

  async list(filter: ActionFilter, page: { limit: number; before?: string | undefined }): Promise<ActionPage> {
    const { actions, next } = await this.deps.store.list(filter, page);
    return { actions: actions.map((action) => this.aged(this.runs.get(action.id)?.action ?? action)), next };
  }

  /**
   * Approves it and begins to carry it out; resolves once it is running. Throws CONFLICT where it is not what would be done
   * now (`details.fresh` is then the id of a new preview), was approved before or is over.
   */
  async approve(id: string, approval: Approval, means: RunMeans, signal: AbortSignal): Promise<Action> {
    const { store, clock } = this.deps;
    const action = await this.get(id);
    checkApprovable(action, approval.hash);
    const kept = await store.kept(id);
    if (kept === null) throw conflict('What it needs to be carried out is not kept any more.');
    await this.checkStillSo(action, kept.prepared, means.access, signal);
    const now = clock.now();
    if (!(await store.approve(id, { hash: approval.hash, by: approval.by, at: now }))) throw conflict('It was approved already, and an approval counts once.');
    const approved: Action = { ...action, state: 'approved', approval: { by: approval.by, at: new Date(now).toISOString(), note: approval.note } };
    const run = new ActionRun({ action: approved, kept, means, signal: this.ending.signal, ...this.deps });
    this.runs.set(id, run);
    void run.done.finally(() => this.runs.delete(id));
    await run.begun;
    return run.action;
  }

  /**
   * Ends a run after the request that is under way, or puts aside what nobody approved. That somebody did is written down.
   * Throws CONFLICT where nothing runs here.
   */
  async stop(id: string, acts: ActLog): Promise<Action> {
    const run = this.runs.get(id);
    const action = await this.get(id);
    if (run === undefined && action.state !== 'previewed') {
      throw conflict(finalActionStates.has(action.state) ? `It has ended: ${action.state}.` : 'Another workbench runs it.');
    }
    const draft = { action: 'action.stop' as const, target: action.steps[0]?.change.target ?? null, input: { action: id }, kubectl: null };
    return recordAct(acts, draft, async () => {
      run?.stop();
      return run?.action ?? this.put({ ...action, state: 'stopped', reason: 'It was put aside before it was approved.' });
    });
  }

  /** Previews what takes back the steps that were made, the last one first. Throws CONFLICT where there is nothing to take back. */
  async undo(access: ChangeAccess, id: string, proposedBy: Action['proposedBy'], signal: AbortSignal): Promise<Action> {
    const action = await this.get(id);
    if (!finalActionStates.has(action.state)) throw conflict('It has not ended yet.');
    if (action.undoneBy !== null) throw conflict(`It was taken back already, by action ${action.undoneBy}.`);
    const { steps, without } = await this.waysBack(action);
    if (steps.length === 0) throw conflict(`Nothing of it can be taken back. ${without.map(({ reason }) => reason).join(' ')}`.trim());
    const title = `Undo: ${action.title}`.slice(0, 300);
    return this.propose(access, { title, issue: null, steps, leftOut: without, proposedBy, undoes: id }, signal);
  }

  /** Previews the steps of one that has ended once more, on the state of now. Throws CONFLICT where it has not, or what they need is not kept any more. */
  async repeat(access: ChangeAccess, id: string, proposedBy: Action['proposedBy'], signal: AbortSignal): Promise<Action> {
    const action = await this.get(id);
    if (!finalActionStates.has(action.state)) throw conflict('It has not ended yet.', 'Look at how it stands.');
    if (action.undoes !== null) return this.undo(access, action.undoes, proposedBy, signal);
    const kept = await this.deps.store.kept(id);
    if (kept === null) throw conflict('What it needs to be carried out is not kept any more.', 'Propose it anew.');
    const steps = repeatedSteps(action, kept, this.deps.clock.now());
    const { title, issue, leftOut } = action;
    return this.propose(access, { title, issue, steps, leftOut, proposedBy }, signal);
  }

  /** The action now and whenever it changed, until it has ended. */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<Action> {
    let told: string | null = null;
    while (true) {
      const action = await this.get(id);
      const text = JSON.stringify(action);
      if (text !== told) yield action;
      told = text;
      if (finalActionStates.has(action.state)) return;
      const run = this.runs.get(id);
      if (run === undefined) await this.deps.clock.sleep(lookAgain, signal);
      else await run.nextChange(signal);
    }
  }

  /** Gives up what runs, and waits until that is written down. */
  async close(): Promise<void> {
    const runs = [...this.runs.values()];
    this.ending.abort();
    await Promise.allSettled(runs.map(({ done }) => done));
  }

  /** Throws CONFLICT with a fresh preview where something is not as it was previewed. */
  private async checkStillSo(action: Action, prepared: readonly { stepId: string; change: StepDraft['change'] }[], access: ChangeAccess, signal: AbortSignal) {
    const { store, clock, newId } = this.deps;
    const drafts = action.steps.map(({ stepId, description, until, timeoutSeconds }): StepDraft => {
      const change = prepared.find((step) => step.stepId === stepId)?.change;
      if (change === undefined) throw conflict(`Step ${stepId} was refused.`);
      return { description, change, until, timeoutSeconds };
    });
    const { title, issue, leftOut, proposedBy, undoes } = action;
    const proposal = { title, issue, steps: drafts, leftOut, proposedBy, ...(undoes === null ? {} : { undoes }) };
    const fresh = await proposeAction(access, proposal, { id: newId(), now: clock.now() }, signal);
    // Meanwhile somebody may have approved it, or put it aside.
    checkApprovable(await this.get(action.id), action.hash);
    if (fresh.action.hash === action.hash && fresh.action.obstacles.length === 0) return;
    await store.keep(fresh.action.id, fresh.kept);
    await store.put(fresh.action, null);
    await this.put({ ...action, state: 'expired', reason: `Something changed since; it was previewed again as ${fresh.action.id}.` });
    throw new AppError('CONFLICT', 'This is not what would be done any more: something changed since it was previewed.', {
      hint: `Look at the fresh preview ${fresh.action.id} and approve that.`,
      details: { reason: 'ChangedSincePreview', fresh: fresh.action.id, obstacles: fresh.action.obstacles },
    });
  }

  private async waysBack({ id, steps }: Action): Promise<{ steps: StepDraft[]; without: Action['leftOut'] }> {
    const kept = await this.deps.store.kept(id);
    const made = steps.filter(({ run }) => run.undo !== null).toReversed();
    const back: StepDraft[] = [];
    const without: Action['leftOut'] = [];
    for (const { stepId, description, change, run } of made) {
      const undo = changeSchema.safeParse(kept?.undos[stepId]?.change);
      if (undo.success) back.push({ description: `Take back: ${description}`.slice(0, 1000), change: undo.data });
      else without.push({ stepId, description, kubectl: null, reason: `${refLabel(change.target)}: ${run.undo?.note ?? 'how to take it back is not known.'}` });
    }
    return { steps: back, without };
  }

  /** One that nobody approved in time is over. */
  private aged(action: Action): Action {
    if (action.state !== 'previewed' || Date.parse(action.expiresAt) > this.deps.clock.now()) return action;
    return { ...action, state: 'expired', reason: 'Nobody approved it in time.' };
  }

  private tell(action: Action): void {
    for (const listener of [...this.listeners]) listener(action);
  }

  private async put(action: Action): Promise<Action> {
    await this.deps.store.put(action, null);
    return action;
  }
}

function checkApprovable(action: Action, hash: string): void {
  if (action.state !== 'previewed') {
    const hint = action.state === 'expired' ? 'Preview it again.' : 'Look at how it stands.';
    throw conflict(`It can't be approved: it is ${action.state}.${action.reason === null ? '' : ` ${action.reason}`}`, hint);
  }
  if (action.hash !== hash) throw conflict('The hash is not that of this preview.', 'Look at the preview and approve what it shows.');
  if (action.obstacles.length > 0) throw conflict(`It can't be approved as it is. ${action.obstacles.join(' ')}`, 'Change the steps and preview them again.');
}

function conflict(message: string, hint = 'Look at the action, and preview it again where that is needed.'): AppError {
  return new AppError('CONFLICT', message, { hint });
}
