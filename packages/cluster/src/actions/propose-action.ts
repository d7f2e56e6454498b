import { type Action, type ActionStep, type ConditionState, type StepDraft, stepDraftSchema } from '@quarterdeck/contract';
import type { ChangeAccess } from '../change/resolve-change.ts';
import { ConcurrencyLimit } from '../transport/concurrency-limit.ts';
import type { KeptSteps } from './action-store.ts';
import type { PreparedStep } from './prepared-step.ts';
import { presentable } from './presentable.ts';
import { digestOf, previewStep } from './preview-step.ts';

/** How long a preview can be approved. Milliseconds. */
export const approvalTime = 10 * 60_000;

/** More dry runs at once would be felt by the API server and its webhooks. */
const triedAtOnce = 5;

/** What is to be done, as whoever proposes it says it. */
export interface Proposal {
  title?: string | undefined;
  issue: string | null;
  steps: readonly StepDraft[];
  leftOut: Action['leftOut'];
  proposedBy: Action['proposedBy'];
  undoes?: string | undefined;
}

/** An action that is not kept yet, with what carrying it out needs. */
export interface Proposed {
  action: Action;
  kept: KeptSteps;
}

/** Previews every step and says what all of them together would be. Throws CANCELLED, and what keeps it from asking the cluster at all. */
export async function proposeAction(access: ChangeAccess, proposal: Proposal, at: { id: string; now: number }, signal: AbortSignal): Promise<Proposed> {
  const { issue, leftOut, proposedBy, undoes = null } = proposal;
  const all = proposal.steps.map(({ change }) => change);
  // Each is tried on the state of now, whatever the others do.
  const limit = new ConcurrencyLimit(triedAtOnce);
  const steps = await Promise.all(
    proposal.steps.map((draft, index) => limit.run(signal, () => previewStep(access, stepDraftSchema.parse(draft), { stepId: `s${index + 1}`, all }, signal))),
  );
  const shown = steps.map((step) => presentable(step.shown));
  const prepared = steps.flatMap((step) => step.prepared ?? []);
  const validation: ConditionState[] = issue === null ? [] : [{ condition: { type: 'issueGone', issue }, state: 'waiting', message: '' }];
  const action: Action = {
    ...{ id: at.id, cluster: access.id, title: proposal.title ?? titleOf(shown), issue, state: 'previewed', reason: null, proposedBy },
    createdAt: new Date(at.now).toISOString(),
    expiresAt: new Date(at.now + approvalTime).toISOString(),
    hash: hashOf(access.id, issue, prepared, undoes),
    ...{ steps: shown, leftOut, obstacles: obstaclesTo(shown), validation, approval: null, startedAt: null, endedAt: null, undoes, undoneBy: null },
  };
  return { action, kept: { prepared, undos: {} } };
}

/** What is approved: the steps with all that they send, on this cluster, in this order. */
function hashOf(cluster: string, issue: string | null, prepared: readonly PreparedStep[], undoes: string | null): string {
  return digestOf({ cluster, issue, undoes, steps: prepared.map(({ digest, timeoutSeconds }) => ({ digest, timeoutSeconds })) });
}

function titleOf(steps: readonly ActionStep[]): string {
  const [first] = steps;
  const more = steps.length - 1;
  return `${first?.description ?? 'Nothing'}${more > 0 ? ` and ${more} more step${more === 1 ? '' : 's'}` : ''}`.slice(0, 300);
}

/** Why steps can't be approved as they are. */
function obstaclesTo(steps: readonly ActionStep[]): string[] {
  if (steps.length === 0) return ['There is no step that changes anything.'];
  const each = steps.flatMap(({ stepId, refused, preview }) => {
    if (refused !== null) return [`Step ${stepId} is refused: ${refused.error}`];
    const owners = preview?.conflicts.map(({ manager, fields }) => `${manager} owns ${fields.slice(0, 3).join(', ')}`) ?? [];
    return owners.length === 0 ? [] : [`Step ${stepId} conflicts: ${owners.join('; ')}. Take the fields over (force), or leave them out.`];
  });
  const idle = steps.every(({ preview }) => preview !== null && changesNothing(preview));
  return idle ? [...each, 'Nothing would change.'] : each;
}

function changesNothing({ diff, request }: NonNullable<ActionStep['preview']>): boolean {
  return diff.fields.length === 0 && request.method === 'PATCH';
}
