import {
  type ActionStep,
  type ActLog,
  AppError,
  type ChangeResult,
  type ConditionState,
  errorBody,
  impactSchema,
  isWorse,
  type ObjectRef,
  refKey,
  type StepRun,
  toAppError,
} from '@quarterdeck/contract';
import { applyChange } from '../change/apply-change.ts';
import { type ChangeAccess, servedKind } from '../change/resolve-change.ts';
import type { WatchClock } from '../watch/watch-clock.ts';
import { awaitConditions, type IssueWatch } from './await-conditions.ts';
import type { PreparedStep } from './prepared-step.ts';
import { previewStep } from './preview-step.ts';

export interface RunSteps {
  /** What was approved: no step may turn out worse. */
  shown: readonly ActionStep[];
  prepared: readonly PreparedStep[];
  acts: ActLog;
  issues: IssueWatch | null;
  clock: WatchClock;
  /** A person wants no further request; the one that is under way is waited for. */
  stop: AbortSignal;
  /** Whoever runs it ends: what is under way is given up. */
  signal: AbortSignal;
  /** Keeps how a step stands, its undo with all that it needs; resolves once that is kept. */
  onStep(stepId: string, run: Partial<StepRun>): Promise<void>;
}

export interface RunEnd {
  outcome: 'succeeded' | 'failed' | 'stopped';
  reason: string | null;
}

/**
 * Takes the steps in order: tries each once more, makes it, waits until it is true; stops at the first that fails. Throws
 * CANCELLED where the runner ends, and what keeping a step's state throws: then nothing more is done.
 */
export async function runSteps(access: ChangeAccess, run: RunSteps): Promise<RunEnd> {
  const touched = new Set<string>();
  for (const [index, step] of run.prepared.entries()) {
    run.signal.throwIfAborted();
    const begun = !run.stop.aborted;
    const end = begun ? await runStep(access, step, touched, run) : stopped;
    if (end === null) continue;
    for (const later of run.prepared.slice(begun ? index + 1 : index)) await run.onStep(later.stepId, { state: 'skipped' });
    return end;
  }
  return { outcome: 'succeeded', reason: null };
}

const stopped: RunEnd = { outcome: 'stopped', reason: 'A person stopped it.' };

/** Null where the next step may begin. */
async function runStep(access: ChangeAccess, step: PreparedStep, touched: Set<string>, run: RunSteps): Promise<RunEnd | null> {
  const { stepId, change } = step;
  const { clock, onStep } = run;
  await onStep(stepId, { state: 'running', startedAt: isoTime(clock) });
  let result: ChangeResult;
  try {
    const expecting = await triedAgain(access, step, touched, run);
    const acts = followedActs(
      run.acts,
      (act) => onStep(stepId, { act }),
      (told) => onStep(stepId, told),
    );
    result = await applyChange(access, change, { expecting, acts, signal: run.signal });
  } catch (thrown) {
    run.signal.throwIfAborted();
    const { requestId: _none, ...error } = errorBody(toAppError(thrown), '');
    await onStep(stepId, { state: 'failed', endedAt: isoTime(clock), error });
    return { outcome: 'failed', reason: `Step ${stepId} failed: ${error.error}` };
  }
  touched.add(refKey(change.target));
  return validate(access, step, result, run);
}

/** The state that it may be made on. Throws CONFLICT where it would not do what was approved. */
async function triedAgain(
  access: ChangeAccess,
  step: PreparedStep,
  touched: ReadonlySet<string>,
  { shown, prepared, signal }: RunSteps,
): Promise<string | null> {
  const { stepId, change, until, timeoutSeconds } = step;
  const all = prepared.map(({ change: each }) => each);
  const trial = await previewStep(access, { change, until: [...until], timeoutSeconds }, { stepId, all }, signal);
  if (trial.prepared === null) throw refusalOf(trial.shown);
  const approved = shown.find((each) => each.stepId === stepId);
  const objection = approved === undefined ? null : objectionTo(approved, trial.shown);
  if (objection !== null) throw changedSince(objection);
  // What an earlier step of the same action made of the object could not be seen beforehand.
  if (step.untried || touched.has(refKey(change.target))) return trial.prepared.mark;
  if (trial.prepared.digest !== step.digest) throw changedSince('It would not do what was previewed any more.');
  return step.mark;
}

/** Why a step is worse than what was approved; null where it is not. */
export function objectionTo(approved: ActionStep, now: ActionStep): string | null {
  if (approved.preview === null || now.preview === null) return null;
  if (now.preview.conflicts.length > 0) return `${now.preview.conflicts[0]?.manager} owns fields of it now.`;
  if (isWorse(now.preview.danger.danger, approved.preview.danger.danger)) return `It is more dangerous now: ${now.preview.danger.reason}`;
  const [before, after] = [impactSchema.options.indexOf(approved.preview.radius.level), impactSchema.options.indexOf(now.preview.radius.level)];
  return after > before ? `It reaches further now: ${now.preview.radius.note}` : null;
}

function changedSince(message: string): AppError {
  return new AppError('CONFLICT', message, { hint: 'Preview it again and look at the difference.', details: { reason: 'ChangedSincePreview' } });
}

function refusalOf({ refused }: ActionStep): AppError {
  if (refused === null) return new AppError('INTERNAL_ERROR', 'A step was neither tried nor refused.');
  const { code, error, hint, details } = refused;
  return new AppError(code, error, { details, ...(hint === undefined ? {} : { hint }) });
}

/** The intent is on disk, and with the action, before the request is sent; what came of it is told with the result. */
function followedActs(acts: ActLog, onBegin: (act: string) => Promise<void>, onEnd: (told: Pick<StepRun, 'diff' | 'undo'>) => Promise<void>): ActLog {
  return {
    async begin(draft) {
      const act = await acts.begin(draft);
      await onBegin(act.id);
      return {
        id: act.id,
        async end(end) {
          await act.end(end);
          if (end.outcome === 'done') await onEnd({ diff: end.diff ?? null, undo: end.undo ?? null });
        },
      };
    },
  };
}

async function validate(access: ChangeAccess, step: PreparedStep, { object }: ChangeResult, run: RunSteps): Promise<RunEnd | null> {
  const { stepId, change, mark, until, timeoutSeconds } = step;
  const { clock, issues, onStep } = run;
  if (until.length === 0) return finished(stepId, run);
  const validation = until.map((condition): ConditionState => ({ condition, state: 'waiting', message: '' }));
  await onStep(stepId, { state: 'validating', validation: [...validation] });
  const since = { uid: mark?.split(/[@#]/)[0], generation: await generationOf(access, change.target, object, run.signal) };
  const kept: Promise<void>[] = [];
  const onState = (index: number, state: ConditionState) => {
    validation[index] = state;
    kept.push(onStep(stepId, { validation: [...validation] }));
  };
  const signal = AbortSignal.any([run.signal, run.stop]);
  try {
    await awaitConditions(access, until, { timeoutSeconds, since, issues, clock, signal, onState });
  } catch (thrown) {
    run.signal.throwIfAborted();
    if (!run.stop.aborted) throw thrown;
    await onStep(stepId, { state: 'done', endedAt: isoTime(clock) });
    return stopped;
  } finally {
    await Promise.all(kept);
  }
  const unmet = validation.find(({ state }) => state !== 'met');
  if (unmet === undefined) return finished(stepId, run);
  await onStep(stepId, { state: 'failed', endedAt: isoTime(clock) });
  const how = unmet.state === 'timedOut' ? `did not become true in ${timeoutSeconds} s` : 'did not work';
  return { outcome: 'failed', reason: `Step ${stepId} was made and ${how}: ${unmet.message}` };
}

async function finished(stepId: string, { clock, onStep }: RunSteps): Promise<null> {
  await onStep(stepId, { state: 'done', endedAt: isoTime(clock) });
  return null;
}

/** The generation that the change made: the Scale, through which one scales, does not tell it. */
async function generationOf(access: ChangeAccess, target: ObjectRef, object: ChangeResult['object'], signal: AbortSignal): Promise<number | undefined> {
  const told = object === null ? undefined : Reflect.get(Object(object.metadata), 'generation');
  if (typeof told === 'number' || object === null) return told;
  const live = await access.get(await servedKind(access, target, signal), target.namespace, target.name, signal).catch(() => null);
  return live?.metadata.generation;
}

function isoTime(clock: WatchClock): string {
  return new Date(clock.now()).toISOString();
}
