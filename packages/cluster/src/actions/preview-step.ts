import { createHash } from 'node:crypto';
import {
  type ActionStep,
  type ActUndo,
  type Change,
  canonicalJson,
  changeWords,
  errorBody,
  type KubeObject,
  type StepDraft,
  type StepPreview,
  type StepRun,
  toAppError,
} from '@quarterdeck/contract';
import { withoutValues } from '../acts/change-act.ts';
import { kubectlCommand } from '../acts/kubectl-command.ts';
import { undoOf } from '../acts/undo-change.ts';
import { previewUntried } from '../change/bulk/preview-untried.ts';
import { ownersOfFields } from '../change/owners/owners-of-fields.ts';
import { previewOf, type TriedChange, tryChange } from '../change/preview-change.ts';
import { type ChangeAccess, servedKind } from '../change/resolve-change.ts';
import { blastRadius } from './blast-radius.ts';
import { defaultConditions, usualPatience } from './default-conditions.ts';
import { fateOfPods } from './fate-of-pods.ts';
import type { PreviewedStep } from './prepared-step.ts';
import { readSurroundings } from './read-surroundings.ts';
import { stateMark } from './state-mark.ts';

export const untouched: StepRun = { state: 'waiting', act: null, startedAt: null, endedAt: null, error: null, diff: null, validation: [], undo: null };

interface Place {
  stepId: string;
  /** All changes of the action: one may make the namespace that another one needs. */
  all: readonly Change[];
}

/** One step as the API server tries it, with what it reaches and how it is taken back. A refusal is part of the answer. */
export async function previewStep(access: ChangeAccess, draft: StepDraft, { stepId, all }: Place, signal: AbortSignal): Promise<PreviewedStep> {
  try {
    return await tried(access, draft, stepId, await tryChange(access, draft.change, signal), signal);
  } catch (thrown) {
    signal.throwIfAborted();
    const untriedStep = await untried(access, draft, { stepId, all }, signal).catch(() => null);
    if (untriedStep !== null) return untriedStep;
    const { requestId: _none, ...refused } = errorBody(toAppError(thrown), '');
    return { shown: { ...about(draft, stepId, draft.change), until: draft.until ?? [], preview: null, refused }, prepared: null };
  }
}

async function tried(access: ChangeAccess, draft: StepDraft, stepId: string, attempt: TriedChange, signal: AbortSignal): Promise<PreviewedStep> {
  const { change, live, request, sent } = attempt;
  const { change: _same, before, after, ...preview } = await previewOf(access, attempt, signal);
  const { fields } = preview.diff;
  const target = await targetOf(access, attempt, signal);
  const fate = fateOfPods(change, fields, isPaused(target));
  const around = await readSurroundings(access, { change, fate, fields, target, signal });
  const next = change.verb === 'scale' ? target : sent.object;
  const reach = { before: target, after: next, fate, asksBudgets: change.verb === 'evict', impact: preview.impact };
  const shown: StepPreview = {
    ...preview,
    owners: ownersOfFields(fields, live?.metadata.managedFields),
    radius: blastRadius(reach, around),
    inverse: inverseOf(change, live, sent.object),
  };
  const until = draft.until ?? defaultConditions(change, { fields, fate, after: next });
  const mark = stateMark(live);
  // Of what is made anew the server chooses parts by chance: uids, ports, addresses.
  const outcome = before === null ? null : { diff: preview.diff, afterwards: after === null };
  const digest = digestOf({ change, request, mark, outcome, warnings: preview.warnings, conflicts: preview.conflicts, managedBy: preview.managedBy, until });
  const step = about(draft, stepId, change);
  const { timeoutSeconds } = step;
  return {
    shown: { ...step, until, preview: shown, refused: null },
    prepared: { stepId, change, mark, until, timeoutSeconds, digest, inverse: shown.inverse, untried: false },
  };
}

/** In a namespace that the action makes itself nothing can be tried. */
async function untried(access: ChangeAccess, draft: StepDraft, { stepId, all }: Place, signal: AbortSignal): Promise<PreviewedStep | null> {
  const untriedChange = await previewUntried(access, draft.change, all, signal);
  if (untriedChange === null) return null;
  const { change, before: _none, after: _made, ...preview } = untriedChange;
  const nothing = { pods: [], others: [], services: [], ingresses: [], budgets: [], autoscalers: [], notSeen: [] };
  const radius = blastRadius({ before: null, after: null, fate: { fate: 'none', count: 0 }, asksBudgets: false, impact: preview.impact }, nothing);
  const until = draft.until ?? [];
  const inverse = inverseOf(change, null, null);
  const step = about(draft, stepId, change);
  const { timeoutSeconds } = step;
  const digest = digestOf({ change, untried: true, until });
  return {
    shown: { ...step, until, preview: { ...preview, owners: [], radius, inverse }, refused: null },
    prepared: { stepId, change, mark: null, until, timeoutSeconds, digest, inverse, untried: true },
  };
}

function about({ description, timeoutSeconds }: StepDraft, stepId: string, change: Change): Omit<ActionStep, 'until' | 'preview' | 'refused'> {
  const masked = withoutValues(change);
  const patience = timeoutSeconds ?? usualPatience;
  return { stepId, description: description ?? changeWords(masked), change: masked, kubectl: kubectlCommand(masked), timeoutSeconds: patience, run: untouched };
}

/** The object itself, where what was read is its Scale. */
async function targetOf(access: ChangeAccess, { change, live }: TriedChange, signal: AbortSignal): Promise<KubeObject | null> {
  if (change.verb !== 'scale') return live;
  const { target } = change;
  return access.get(await servedKind(access, target, signal), target.namespace, target.name, signal).catch(() => null);
}

function inverseOf(change: Change, before: KubeObject | null, after: KubeObject | null): ActUndo {
  const made = before === null && after !== null ? withoutUid(after) : after;
  return undoOf(change, before, made) ?? { change: null, kubectl: null, note: 'It is known once it is done.' };
}

/** The uid of what a dry run makes is that of nothing. */
function withoutUid(object: KubeObject): KubeObject {
  const { uid: _drawn, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function isPaused(target: KubeObject | null): boolean {
  const spec = target !== null && 'spec' in target ? target.spec : null;
  return typeof spec === 'object' && spec !== null && 'paused' in spec && spec.paused === true;
}

export function digestOf(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
