import type { Proposal } from '@quarterdeck/cluster';
import { type Action, type ActionDraft, AppError, type ObjectRef } from '@quarterdeck/contract';
import { stepsOfPlan } from '@quarterdeck/diagnosis';
import type { SeenCluster } from '../policy/seen-cluster.ts';
import type { Asker } from '../policy/seen-clusters.ts';

interface Proposing extends Asker {
  signal: AbortSignal;
}

/** What somebody wants done, its steps those of a plan where they name one. Throws VALIDATION_ERROR, NOT_FOUND for an issue that is not there. */
export async function proposalOf(draft: ActionDraft, cluster: SeenCluster, call: Proposing): Promise<Proposal> {
  const { title, steps, plan, issueId } = draft;
  const proposedBy = proposerOf(call);
  if (steps !== undefined && plan === undefined) return { title, issue: issueId ?? null, steps, leftOut: [], proposedBy };
  if (plan === undefined || steps !== undefined) {
    throw new AppError('VALIDATION_ERROR', 'Exactly one of steps and plan says what is to be done.', {
      hint: 'Give the steps, or the issue whose plan is to be carried out.',
    });
  }
  const { proposed, about } = await planOf(plan, cluster, call.signal);
  const read = (ref: ObjectRef) => objectOf(ref, cluster, call.signal);
  const found = await stepsOfPlan(proposed, { at: new Date().toISOString(), object: read, only: plan.steps ?? null });
  return { title: title ?? about, issue: plan.issueId, ...found, proposedBy };
}

export function proposerOf({ actor }: Asker): Action['proposedBy'] {
  return { id: actor.id, kind: actor.kind === 'agent' ? 'agent' : 'person' };
}

async function planOf({ issueId, userContext, drafted }: NonNullable<ActionDraft['plan']>, cluster: SeenCluster, signal: AbortSignal) {
  const { feed, release } = await cluster.holdIssues();
  try {
    await feed.ready(signal);
    const proposed = drafted ?? feed.plan({ issueId, userContext, horizon: 'short' });
    const issue = feed.issues().find(({ id }) => id === issueId);
    if (proposed === null || issue === undefined) {
      throw new AppError('NOT_FOUND', `There is no issue ${issueId} now.`, { hint: 'It may have gone away. List the issues to see what is open.' });
    }
    return { proposed, about: `Fix: ${issue.title}`.slice(0, 300) };
  } finally {
    release();
  }
}

async function objectOf({ apiVersion, kind, namespace, name }: ObjectRef, cluster: SeenCluster, signal: AbortSignal) {
  const served = (await cluster.kinds(signal)).find((each) => each.kind === kind && each.apiVersion === apiVersion);
  if (served === undefined) return null;
  return (await cluster.access()).get(served, namespace, name, signal).catch(() => null);
}
