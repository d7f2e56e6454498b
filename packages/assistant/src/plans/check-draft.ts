import { type Evidence, type Plan, type PlanStep, planSchema } from '@quarterdeck/contract';
import { type ClusterView, checkCommandLine, stepsOfPlan } from '@quarterdeck/diagnosis';
import type { PlanDraft } from './plan-draft.ts';

export interface DraftFacts {
  /** E1 is the first. */
  evidence: readonly Evidence[];
  view: ClusterView;
}

/** A plan whose every command was judged by code, with why some steps are not in it. Null where none is left. */
export async function checkedDraft(draft: PlanDraft, facts: DraftFacts): Promise<{ plan: Plan | null; refused: string[] }> {
  const judged = await Promise.all(draft.quickFix.steps.map((step) => judge(step, facts)));
  const steps = judged.flatMap((each) => (typeof each === 'string' ? [] : [each]));
  const refused = judged.filter((each) => typeof each === 'string');
  if (steps.length === 0) return { plan: null, refused };
  const quickFix = { ...draft.quickFix, steps: steps.map((step, index) => ({ ...step, stepId: `step-${index + 1}` })) };
  return { plan: planSchema.parse({ ...draft, quickFix }), refused };
}

/** The step with what it rests on in words, or why it is none. */
async function judge({ evidence: cited, ...step }: PlanDraft['quickFix']['steps'][number], facts: DraftFacts): Promise<PlanStep | string> {
  const found = cited.map((id) => facts.evidence[Number(/^E(\d+)$/.exec(id)?.[1] ?? 0) - 1]);
  const missing = cited.filter((_id, index) => found[index] === undefined);
  if (missing.length > 0) return `"${step.description}" cites evidence that is not there (${missing.join(', ')}).`;
  if (cited.length === 0) return `"${step.description}" cites no evidence.`;
  const because = found.flatMap((each) => (each === undefined ? [] : each.text)).join('; ');
  const told = { ...step, description: `${step.description} (${because})` };
  return step.kubectl === null ? { ...told, impact: step.impact } : judgeCommand(told, step.kubectl, facts);
}

async function judgeCommand(step: PlanStep, kubectl: string, { view }: DraftFacts): Promise<PlanStep | string> {
  const verdict = checkCommandLine(kubectl);
  if (!verdict.allowed) return `"${kubectl}" is not let through: ${verdict.reason}.`;
  if (verdict.effect === 'read') return { ...step, impact: 'none' };
  const unknown = await unknownTarget(step, view);
  if (unknown !== null) return `"${kubectl}" ${unknown}.`;
  // What changes something has an impact, whatever its author says.
  return { ...step, impact: step.impact === 'none' ? 'low' : step.impact };
}

/** Why the object that a step changes is not there to be changed; null where it is, or where the step makes it. */
async function unknownTarget(step: PlanStep, view: ClusterView): Promise<string | null> {
  const plan: Plan = {
    quickFix: { summary: 'x', assumptions: [], steps: [step], fallback: '' },
    rootCauseHypotheses: [],
    evidenceToGather: [],
    recommendations: [],
  };
  const { steps, leftOut } = await stepsOfPlan(plan, { at: new Date(view.now).toISOString(), only: null, object: async (ref) => view.find(ref) ?? null });
  const [draft] = steps;
  if (draft === undefined) return `can't be carried out: ${leftOut[0]?.reason ?? 'it changes nothing'}`;
  const { change } = draft;
  if (change.verb === 'create' || view.find(change.target) !== undefined) return null;
  return `changes ${change.target.kind} ${change.target.namespace ?? ''}/${change.target.name}, which is not there`;
}
