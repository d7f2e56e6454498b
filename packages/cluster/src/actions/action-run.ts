import { type Action, type ActLog, type ConditionState, type StepRun, toAppError } from '@quarterdeck/contract';
import { endQuietly, failedEnd } from '../acts/record-act.ts';
import type { KeptSteps } from './action-store.ts';
import { awaitConditions } from './await-conditions.ts';
import { issuePatience } from './default-conditions.ts';
import { presentable } from './presentable.ts';
import { afterCut, findOut, underWay, withInverse } from './recover-actions.ts';
import type { DeskDependencies, RunMeans } from './run-means.ts';
import { type RunEnd, runSteps } from './run-steps.ts';

interface RunOptions extends DeskDependencies {
  /** Approved. */
  action: Action;
  kept: KeptSteps;
  means: RunMeans;
  /** Aborted when the desk closes. */
  signal: AbortSignal;
}

/** Whoever is not heard of for so long has gone. Milliseconds. */
const leaseTime = 15_000;
/** Milliseconds for finding out what became of a step when the workbench ends. */
const lastLook = 3_000;

/** One approved action on its way to its end. It keeps how it stands before everything that it does. */
export class ActionRun {
  action: Action;
  /** Resolves when the approval is in the ledger and the first step may begin, or it failed before that. */
  readonly begun: Promise<void>;
  /** Resolves when it has ended and that is kept. Never rejects. */
  readonly done: Promise<void>;
  private readonly options: RunOptions;
  private readonly stopping = new AbortController();
  private readonly changes = new Set<() => void>();
  private kept: KeptSteps;
  private writing: Promise<void> = Promise.resolve();

  constructor(options: RunOptions) {
    this.options = options;
    this.action = options.action;
    this.kept = options.kept;
    const begun = Promise.withResolvers<void>();
    this.begun = begun.promise;
    this.done = this.carryOut(begun.resolve).finally(begun.resolve);
  }

  stop(): void {
    this.stopping.abort();
  }

  async nextChange(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    this.changes.add(resolve);
    try {
      signal.throwIfAborted();
      await promise;
    } finally {
      this.changes.delete(resolve);
      signal.removeEventListener('abort', abort);
    }
  }

  private async carryOut(onBegun: () => void): Promise<void> {
    const lease = new AbortController();
    const held = this.hold(lease.signal);
    try {
      await this.recorded(onBegun);
    } catch (thrown) {
      const { signal, onFault } = this.options;
      const end = signal.aborted ? this.cutOff() : this.end({ outcome: 'failed', reason: toAppError(thrown).message });
      await end.catch(onFault);
    } finally {
      lease.abort();
      await held;
    }
  }

  /** The approval is an act of its own, around those of the steps. */
  private async recorded(onBegun: () => void): Promise<void> {
    const { means, action } = this.options;
    if (action.approval === null) return;
    const acts = means.acts(action.approval);
    // Whoever looks after what was cut off must find that it began.
    await this.tell({});
    const act = await acts.begin(draftOf(action));
    try {
      await this.tell({ state: 'running', startedAt: this.now() });
      onBegun();
      const end = await this.work(acts);
      await this.end(end);
      await act.end({ outcome: end.outcome === 'succeeded' ? 'done' : end.outcome === 'stopped' ? 'cancelled' : 'failed', detail: detailOf(this.action) });
    } catch (thrown) {
      await endQuietly(act, failedEnd(thrown));
      throw thrown;
    }
  }

  private async work(acts: ActLog): Promise<RunEnd> {
    const { means, clock, signal } = this.options;
    const { access, issues } = means;
    const onStep = (stepId: string, run: Partial<StepRun>) => this.step(stepId, run);
    const end = await runSteps(access, {
      ...{ shown: this.action.steps, prepared: this.kept.prepared, acts, issues, clock, signal, onStep },
      stop: this.stopping.signal,
    });
    return end.outcome === 'succeeded' ? this.validate() : end;
  }

  /** What the action as a whole was for. */
  private async validate(): Promise<RunEnd> {
    const { validation } = this.action;
    if (validation.length === 0) return { outcome: 'succeeded', reason: null };
    const { means, clock, signal } = this.options;
    await this.tell({ state: 'validating' });
    const onState = (index: number, state: ConditionState) => {
      const next = this.action.validation.map((each, place) => (place === index ? state : each));
      this.tell({ validation: next }).catch(this.options.onFault);
    };
    const conditions = validation.map(({ condition }) => condition);
    const either = AbortSignal.any([signal, this.stopping.signal]);
    try {
      await awaitConditions(means.access, conditions, { timeoutSeconds: issuePatience, since: {}, issues: means.issues, clock, signal: either, onState });
    } catch (thrown) {
      if (signal.aborted || !this.stopping.signal.aborted) throw thrown;
      return { outcome: 'stopped', reason: 'All steps were made; a person stopped waiting for what they are to end.' };
    }
    const unmet = this.action.validation.find(({ state }) => state !== 'met');
    if (unmet === undefined) return { outcome: 'succeeded', reason: null };
    return { outcome: 'failed', reason: `All steps were made, and it did not help yet: ${unmet.message}` };
  }

  private async step(stepId: string, run: Partial<StepRun>): Promise<void> {
    const { id } = this.action;
    if (run.undo != null) {
      this.kept = { ...this.kept, undos: { ...this.kept.undos, [stepId]: run.undo } };
      await this.options.store.keep(id, this.kept);
    }
    const steps = this.action.steps.map((step) => (step.stepId === stepId ? presentable({ ...step, run: { ...step.run, ...run } }) : step));
    const state = steps.some(({ run: { state: is } }) => is === 'validating') ? 'validating' : 'running';
    await this.tell({ steps, state });
  }

  /** The workbench ends: what was under way is looked up while that can be done. */
  private async cutOff(): Promise<void> {
    const { means, clock, store } = this.options;
    const under = underWay(this.action);
    const found = under === null ? null : await findOut(under, this.kept, async () => means.access, AbortSignal.timeout(lastLook));
    if (found?.made === true && under !== null) await store.keep(this.action.id, withInverse(this.kept, under.stepId));
    await this.tell(afterCut(this.action, this.kept, found, clock.now()));
  }

  private async end({ outcome, reason }: RunEnd): Promise<void> {
    const { undoes } = this.action;
    await this.tell({ state: outcome, reason, endedAt: this.now() });
    if (undoes !== null && outcome === 'succeeded') await this.noteUndone(undoes);
  }

  private async noteUndone(id: string): Promise<void> {
    const { store } = this.options;
    const undone = await store.get(id);
    const left = this.action.leftOut.map(({ stepId, reason }) => `${stepId} (${reason})`);
    const reason = left.length === 0 ? null : `All was taken back but ${left.join(', ')}`;
    if (undone !== null) await store.put({ ...undone, state: 'rolledBack', reason, undoneBy: this.action.id }, null);
  }

  /** Keeps it and tells whoever looks. One after the other: what is kept last is what is so. */
  private async tell(change: Partial<Action>): Promise<void> {
    this.action = { ...this.action, ...change };
    const { store, clock } = this.options;
    const writing = this.writing.catch(() => undefined).then(() => store.put(this.action, this.action.endedAt === null ? clock.now() + leaseTime : null));
    this.writing = writing;
    await writing;
    for (const changed of [...this.changes]) changed();
  }

  /** Says from time to time that it is still being carried out. */
  private async hold(signal: AbortSignal): Promise<void> {
    const { clock, onFault } = this.options;
    try {
      while (true) {
        await clock.sleep(leaseTime / 3, signal);
        if (this.action.endedAt === null) await this.tell({}).catch(onFault);
      }
    } catch {
      return; // It has ended.
    }
  }

  private now(): string {
    return new Date(this.options.clock.now()).toISOString();
  }
}

function draftOf({ id, title, hash, steps, undoes }: Action) {
  const [first] = steps;
  const commands = steps.map(({ kubectl }) => kubectl);
  return { action: 'action.run' as const, target: first?.change.target ?? null, input: { action: id, title, hash, undoes, steps: commands }, kubectl: null };
}

function detailOf({ id, state, reason, steps }: Action): Record<string, unknown> {
  return { action: id, state, reason, steps: steps.map(({ stepId, run }) => ({ stepId, state: run.state, act: run.act })) };
}
