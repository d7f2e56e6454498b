import { AppError, type DraftedPlan, type IssueDetail, type Plan, type PlanDoing, type PlanRequest } from '@quarterdeck/contract';
import { draftRun } from '../drafts/draft-run.ts';
import { choiceName } from '../failover/chain-error.ts';
import type { ModelChain } from '../failover/model-chain.ts';
import type { CheckedCluster } from '../kubernetes/asked-cluster.ts';
import { draftPlan, mockPlan, withAssumption } from '../plans/draft-plan.ts';
import { createPrivacy } from '../privacy/create-privacy.ts';
import type { Places } from '../runs/places.ts';
import { openIssue } from '../tools/get-issue.ts';
import type { AssistantParts, Person, Surroundings } from './assistant-parts.ts';

interface Task<P extends Person> {
  person: P;
  request: PlanRequest;
  surroundings: Surroundings;
  issue: IssueDetail;
  offline: Plan;
  view: CheckedCluster['view'];
  doing?: PlanWish<P>['doing'];
}

export interface PlanWish<P extends Person> extends Pick<Task<P>, 'person' | 'request' | 'surroundings'> {
  /** Whether a model is asked, where there is one that may be. */
  model: boolean;
  /** Told what is being done. */
  doing?: (doing: PlanDoing, model: string | null) => void;
}

/** A plan for an issue: a model's where one may be asked and its draft holds, else the engine's. Throws NOT_FOUND where the issue is gone. */
export async function writePlan<P extends Person>(
  parts: AssistantParts<P> & { places: Places },
  { person, request, surroundings, model, doing }: PlanWish<P>,
  signal: AbortSignal,
): Promise<DraftedPlan> {
  const { asked } = surroundings;
  if (asked === null) throw new AppError('NOT_FOUND', 'There is no cluster to plan for.', { hint: 'Name one.' });
  doing?.('reading', null);
  const checked = await asked.checked(signal);
  const issue = openIssue(checked, request.issueId);
  const offline = checked.plan(request);
  if (offline === null)
    throw new AppError('NOT_FOUND', `There is no issue ${request.issueId} now.`, { hint: 'It may have gone away. List the issues to see what is open.' });
  const byEngine = (plan: Plan, refused: string | null): DraftedPlan => ({ plan, source: { by: 'engine', refused }, offline });
  if (!model) return byEngine(offline, null);
  if (parts.mockPlans) return { plan: await mockPlan(issue, offline, checked.view), source: { by: 'played' }, offline };
  const chain = person.may('ai:chat') ? await parts.models('plans', signal) : null;
  if (chain === null) return byEngine(offline, null);
  try {
    const limits = await parts.store.limits(person.owner.organisation);
    const task = { person, request, surroundings, issue, offline, view: checked.view, doing };
    const drafted = await parts.places.within(person.owner, limits, signal, (limited) => draft(parts, chain, task, limited));
    return drafted.model === null ? byEngine(drafted.plan, drafted.refused) : { plan: drafted.plan, source: { by: 'model', model: drafted.model }, offline };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || (thrown.code !== 'RATE_LIMITED' && thrown.code !== 'TIMEOUT')) throw thrown;
    return byEngine(withAssumption(offline, `This is the engine's plan, made without a model. ${thrown.message}`), thrown.message);
  }
}

async function draft<P extends Person>(parts: AssistantParts<P>, chain: ModelChain, task: Task<P>, signal: AbortSignal) {
  const { person, surroundings, doing } = task;
  const { sources } = surroundings;
  const focus = { page: null, namespace: task.issue.namespace, object: null, issueId: task.issue.id };
  const [settings, names, secrets] = await Promise.all([
    parts.store.privacy(person.owner),
    Promise.all(sources.map((source) => source.names(signal))),
    Promise.all(sources.map((source) => source.secrets?.(focus, signal) ?? [])),
  ]);
  const privacy = createPrivacy({ settings, names: names.flat(), secrets: [...parts.secrets(), ...secrets.flat()] });
  const began = parts.now();
  const models = chain.choices.map(choiceName);
  const act = await parts
    .acts(person, surroundings.cluster)
    .begin({ action: 'model.run', target: null, input: { purpose: 'plan', models, issue: task.issue.id }, kubectl: null });
  const mark = parts.newId().replaceAll('-', '').slice(0, 16);
  const drafted = await draftPlan(task, { models: chain, privacy, mark, ...(doing === undefined ? {} : { doing }) }, signal).catch(async (thrown) => {
    await act.end({ outcome: 'cancelled', detail: { models } });
    throw thrown;
  });
  const run = draftRun(parts, { purpose: 'plan', person, cluster: surroundings.cluster, began, drafted });
  await parts.store.putRun(run);
  await act.end({ outcome: drafted.model === null ? 'failed' : 'done', detail: { run: run.id, model: drafted.model, cost: run.cost } });
  return drafted;
}
