import type { Evidence, IssueDetail, Plan, PlanDoing, PlanRequest } from '@quarterdeck/contract';
import { type AskedDraft, askForm, type DraftForm, type DraftParts } from '../drafts/ask-form.ts';
import { choiceName } from '../failover/chain-error.ts';
import type { CheckedCluster } from '../kubernetes/asked-cluster.ts';
import type { ModelMessage } from '../model/model-port.ts';
import { dataBlock } from '../turn/data-block.ts';
import { checkedDraft } from './check-draft.ts';
import { jsonIn, type PlanDraft, planDraftSchema } from './plan-draft.ts';

export interface PlanDraftParts extends DraftParts {
  /** Told what is being done. */
  doing?: (doing: PlanDoing, model: string | null) => void;
}

export interface DraftedPlan extends AskedDraft {
  plan: Plan;
  /** `provider/model`; null where the plan is the engine's after all. */
  model: string | null;
  /** Why the model's plan is not the one; null where it is. */
  refused: string | null;
}

/** One answer that is not of the form is asked for once more. */
const attempts = 2;
const form: DraftForm = { prompt: 'plan', schema: planDraftSchema, longest: 4_096 };

/** The plan of a model for an issue, judged by code; where it can't be kept, the engine's, which says so. Throws only when it is cancelled. */
export async function draftPlan(
  { request, issue, offline, view }: { request: PlanRequest; issue: IssueDetail; offline: Plan; view: CheckedCluster['view'] },
  parts: PlanDraftParts,
  signal: AbortSignal,
): Promise<DraftedPlan> {
  const doing = parts.doing ?? (() => undefined);
  const [first] = parts.models.choices;
  const wanted = first === undefined ? null : choiceName(first);
  const drafted: DraftedPlan = { plan: offline, model: null, requests: [], answers: [], refused: null };
  const evidence = evidenceOf(issue);
  const messages: ModelMessage[] = [{ role: 'user', text: question(request, issue, offline, evidence, parts) }];
  let fault = '';
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    doing(attempt === 1 ? 'asking' : 'correcting', wanted);
    const answer = await askForm(form, messages, { models: parts.models, asked: drafted }, signal);
    if (typeof answer === 'string') return fallBack(drafted, answer);
    doing('judging', `${answer.provider}/${answer.model}`);
    const parsed = planDraftSchema.safeParse(parts.privacy.openValue(jsonIn(answer.text)));
    if (parsed.success) return judged(parsed.data, { drafted, evidence, view, model: `${answer.provider}/${answer.model}` });
    fault = parsed.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`)
      .join('; ');
    const repair = `That is not of the form: ${fault}. Answer with the corrected JSON alone.`;
    messages.push({ role: 'assistant', text: answer.text, toolCalls: [] }, { role: 'user', text: repair });
  }
  return fallBack(drafted, `its answer was not of the agreed form (${fault})`);
}

/** What the engine's plan would be as a draft: for tests and demonstrations that must not ask a model. */
export async function mockPlan(issue: IssueDetail, offline: Plan, view: CheckedCluster['view']): Promise<Plan> {
  const evidence = evidenceOf(issue);
  const cited = evidence.length === 0 ? [] : ['E1'];
  const draft: PlanDraft = { ...offline, quickFix: { ...offline.quickFix, steps: offline.quickFix.steps.map((step) => ({ ...step, evidence: cited })) } };
  const { plan } = await checkedDraft(draft, { evidence, view });
  return withAssumption(plan ?? offline, 'CODEX_MOCK_MODE is on: no model was asked.');
}

function evidenceOf({ evidence }: IssueDetail): Evidence[] {
  return evidence.slice(0, 30);
}

function question(request: PlanRequest, issue: IssueDetail, offline: Plan, evidence: readonly Evidence[], { privacy, mark }: DraftParts): string {
  const block = (label: string, value: unknown) => dataBlock(label, JSON.stringify(privacy.sealValue(value), null, 1), mark);
  const { title, explanation, mechanism, confidence, cause, affected, chains, changes, notSeen } = issue;
  const numbered = evidence.map(({ text, object, path, value, at }, index) => ({ id: `E${index + 1}`, text, object, path, value, at }));
  const words = request.userContext.trim();
  return [
    `Draft a ${request.horizon === 'short' ? 'plan that mends this now' : 'plan that also keeps it from coming back'}.`,
    ...(words === '' ? [] : [`The person says of the situation: ${privacy.seal(words)}`]),
    block('issue', { title, explanation, mechanism, confidence, cause, affected, chains, changes, notSeen }),
    block('evidence', numbered),
    block("the engine's plan", offline),
  ].join('\n\n');
}

async function judged(
  draft: PlanDraft,
  { drafted, evidence, view, model }: { drafted: DraftedPlan; evidence: readonly Evidence[]; view: CheckedCluster['view']; model: string },
) {
  const { plan, refused } = await checkedDraft(draft, { evidence, view });
  if (plan === null) return fallBack(drafted, refused.length === 0 ? 'it has no steps' : refused.join(' '));
  const told = withAssumption(plan, `Drafted by ${model}; every command was judged by the workbench.`);
  const left =
    refused.length === 0
      ? told
      : { ...told, quickFix: { ...told.quickFix, fallback: `${told.quickFix.fallback} Left out of the draft: ${refused.join(' ')}`.trim() } };
  return { ...drafted, plan: left, model };
}

function fallBack(drafted: DraftedPlan, reason: string): DraftedPlan {
  return {
    ...drafted,
    refused: reason,
    plan: withAssumption(drafted.plan, `This is the engine's plan, made without a model. The model's could not be used: ${reason}`),
  };
}

/** The plan with a word about how it came to be. */
export function withAssumption(plan: Plan, assumption: string): Plan {
  return { ...plan, quickFix: { ...plan.quickFix, assumptions: [...plan.quickFix.assumptions, assumption] } };
}
