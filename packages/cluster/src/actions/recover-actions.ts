import { type Action, type ActionStep, type ActOutcome, type ChangeVerb, type StepRun, toAppError } from '@quarterdeck/contract';
import type { ChangeAccess } from '../change/resolve-change.ts';
import type { ActionStore, KeptSteps } from './action-store.ts';
import type { PreparedStep } from './prepared-step.ts';
import { presentable } from './presentable.ts';
import { previewStep } from './preview-step.ts';

export interface RecoverDependencies {
  store: ActionStore;
  /** Epoch milliseconds. */
  now(): number;
  /** The cluster of an action; throws where it can't be reached. */
  access(cluster: string): Promise<ChangeAccess>;
  /** How an act ended by the ledger; null where nobody wrote that down. */
  outcomeOf(act: string): Promise<ActOutcome | null>;
  /** Acts of an action's run of which nobody wrote down how they ended. */
  unfinished(action: string): Promise<readonly string[]>;
  /** Writes down how an act ended that was found out afterwards. */
  endAct(act: string, outcome: ActOutcome, note: string): Promise<void>;
}

type Found = { made: boolean; note: string } | { made: null; note: string };

/**
 * What nobody carries out any more is looked up and told as it is: the ledger knows how most steps ended, and of the one
 * that was under way the cluster shows whether it was made. Nothing is done again and nothing goes on. Gives how many.
 */
export async function recoverActions(deps: RecoverDependencies, signal: AbortSignal): Promise<number> {
  const abandoned = await deps.store.abandoned(deps.now());
  for (const action of abandoned) await recover(action, deps, signal);
  return abandoned.length;
}

async function recover(action: Action, deps: RecoverDependencies, signal: AbortSignal): Promise<void> {
  const kept = await deps.store.kept(action.id);
  const under = underWay(action);
  const found = under === null ? null : await lookAt(under, action, kept, deps, signal);
  if (found?.made === true && under !== null && kept !== null) await deps.store.keep(action.id, withInverse(kept, under.stepId));
  const cut = afterCut(action, kept, found, deps.now());
  await deps.store.put(cut, null);
  // What is cut off between its intent and the request was not sent; that of the run itself is among them.
  const open = (await deps.unfinished(action.id)).filter((act) => act !== under?.run.act);
  for (const act of open) await deps.endAct(act, 'cancelled', cut.reason ?? '');
}

/** The step that was begun and has not ended. */
export function underWay({ steps }: Action): ActionStep | null {
  return steps.find(({ run }) => run.state === 'running' || run.state === 'validating') ?? null;
}

/** An action as it is once nobody carries it out any more: what was found of the step under way, and nothing after it. Pure. */
export function afterCut(action: Action, kept: KeptSteps | null, found: Found | null, now: number): Action {
  const under = underWay(action);
  const steps = action.steps.map((step): ActionStep => {
    if (step === under && found !== null) return presentable({ ...step, run: afterLook(step, found, kept, now) });
    return step.run.state === 'waiting' ? { ...step, run: { ...step.run, state: 'skipped' } } : step;
  });
  const where = under === null ? 'between two steps' : `during step ${under.stepId}`;
  const reason = `The workbench ended ${where}. ${found?.note ?? 'Nothing was under way.'}`;
  return { ...action, steps, state: 'interrupted', reason, endedAt: new Date(now).toISOString() };
}

async function lookAt(step: ActionStep, action: Action, kept: KeptSteps | null, deps: RecoverDependencies, signal: AbortSignal): Promise<Found> {
  const { act } = step.run;
  const outcome = act === null ? null : await deps.outcomeOf(act);
  if (outcome !== null && step.run.state === 'running') {
    return { made: outcome === 'done', note: outcome === 'done' ? 'The ledger says that the step was made.' : 'The ledger says that the step failed.' };
  }
  const found = await findOut(step, kept, () => deps.access(action.cluster), signal);
  if (found.made !== null && act !== null && outcome === null) await deps.endAct(act, found.made ? 'done' : 'failed', found.note);
  return found;
}

/** What became of the step under way, where only the cluster can tell. */
export async function findOut({ stepId, run }: ActionStep, kept: KeptSteps | null, access: () => Promise<ChangeAccess>, signal: AbortSignal): Promise<Found> {
  if (run.state === 'validating') return { made: true, note: 'The step was made; nobody waited to see whether it worked.' };
  if (run.act === null) return { made: false, note: 'Nothing had been sent yet.' };
  const prepared = kept?.prepared.find((step) => step.stepId === stepId);
  if (prepared === undefined) return notKnown('what it was is not kept');
  try {
    return await lookUp(await access(), prepared, signal);
  } catch (thrown) {
    return notKnown(toAppError(thrown).message);
  }
}

/** Whether a step was made, from what making it once more would do. */
async function lookUp(access: ChangeAccess, step: PreparedStep, signal: AbortSignal): Promise<Found> {
  const { stepId, change, until, timeoutSeconds, mark } = step;
  const { shown, prepared } = await previewStep(access, { change, until: [...until], timeoutSeconds }, { stepId, all: [] }, signal);
  const removes = change.verb === 'delete' || change.verb === 'evict';
  if (prepared === null) return afterRefusal(change.verb, shown);
  if (prepared.mark === mark) return change.verb === 'trigger' || !isIdle(shown) ? notMade : wasMade;
  if (removes || isIdle(shown)) return wasMade;
  return notKnown('the object was changed by somebody since');
}

const wasMade: Found = { made: true, note: 'It was looked up: the step was made.' };
const notMade: Found = { made: false, note: 'It was looked up: the step was not made.' };

/** A refusal to make it once more can tell that it is made: by us, or by somebody who was as quick. */
function afterRefusal(verb: ChangeVerb, { refused }: ActionStep): Found {
  const removed = (verb === 'delete' || verb === 'evict') && refused?.code === 'NOT_FOUND';
  const there = (verb === 'create' || verb === 'trigger') && refused?.code === 'CONFLICT';
  return removed || there ? wasMade : notKnown(refused?.error ?? 'the server does not say');
}

function isIdle({ preview }: ActionStep): boolean {
  return preview?.diff.fields.length === 0;
}

function notKnown(why: string): Found {
  return { made: null, note: `Whether the step was made could not be found out (${why}): look at the object before anything else.` };
}

function afterLook(step: ActionStep, { made, note }: Found, kept: KeptSteps | null, now: number): StepRun {
  const { run, stepId } = step;
  const endedAt = new Date(now).toISOString();
  if (made === null) return { ...run, state: 'unknown', endedAt, error: { code: 'CANCELLED', error: note, details: {} } };
  if (!made) return { ...run, state: run.act === null ? 'skipped' : 'failed', endedAt, error: { code: 'CANCELLED', error: note, details: {} } };
  return { ...run, state: 'done', endedAt, undo: run.undo ?? kept?.prepared.find((each) => each.stepId === stepId)?.inverse ?? null };
}

/** What is kept, with the way back of a step that was made and of which nothing more is known. */
export function withInverse(kept: KeptSteps, stepId: string): KeptSteps {
  const inverse = kept.prepared.find((step) => step.stepId === stepId)?.inverse;
  return inverse === undefined || kept.undos[stepId] !== undefined ? kept : { ...kept, undos: { ...kept.undos, [stepId]: inverse } };
}
