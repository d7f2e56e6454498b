import { type Action, type Condition, type KubeObject, type ObjectRef, type Plan, type PlanStep, type StepDraft, sameRef } from '@quarterdeck/contract';
import { effectOfCommand } from './change-of-command.ts';
import type { CommandFacts } from './command-facts.ts';
import { checkCommandLine } from './guardrails.ts';
import { kindOfType } from './kubectl-kinds.ts';

export interface PlanFacts {
  /** RFC 3339. */
  at: string;
  /** The object as it is; null where it is not there or may not be read. */
  object(ref: ObjectRef): Promise<KubeObject | null>;
  /** Ids of the steps that are wanted; null for all. */
  only: readonly string[] | null;
}

/** The steps of a plan that change something, to be previewed and approved, and those that are left to a person. */
export async function stepsOfPlan({ quickFix }: Plan, { at, object, only }: PlanFacts): Promise<{ steps: StepDraft[]; leftOut: Action['leftOut'] }> {
  const steps: StepDraft[] = [];
  const leftOut: Action['leftOut'] = [];
  const facts = { at, containers: async (target: ObjectRef) => containerNames(await object(target)) };
  for (const step of quickFix.steps) {
    const { stepId, description, kubectl } = step;
    const found = only !== null && !only.includes(stepId) ? 'It was not chosen.' : await draftOf(step, facts);
    if (typeof found === 'string') leftOut.push({ stepId, description, kubectl, reason: found });
    else steps.push(found);
  }
  return { steps, leftOut };
}

/** The step as it is previewed, or why a person is left to it. A plan may come from a model: the guardrails judge its words once more. */
async function draftOf(step: PlanStep, facts: CommandFacts): Promise<StepDraft | string> {
  const { description, kubectl } = step;
  if (kubectl === null) return 'A person does this.';
  const verdict = checkCommandLine(kubectl);
  if (!verdict.allowed) return `It is not let through: ${verdict.reason}.`;
  const { value, problem } = await effectOfCommand(kubectl, facts);
  if (value === null) return `It is not done here: ${problem}.`;
  return value.effect === 'look' ? 'It only looks.' : { description, change: value.change, ...validationOf(step, value.change.target) };
}

/** The check of a step, where it is a rollout of another object than the one that changes; its own follows from the change. */
function validationOf({ validation }: PlanStep, target: ObjectRef): Pick<StepDraft, 'until' | 'timeoutSeconds'> {
  const check = /kubectl rollout status (deployment|statefulset|daemonset)\/(\S+)(?:[^;]*?--timeout=(\d+)s)?/i.exec(validation);
  if (check === null) return {};
  const [, type = '', name = '', seconds] = check;
  const kind = kindOfType(type) ?? '';
  const followed: ObjectRef = { apiVersion: 'apps/v1', kind, namespace: target.namespace, name };
  const until: Condition[] = [{ type: 'rolloutComplete', target: followed }];
  const patience = seconds === undefined || Number(seconds) < 1 ? {} : { timeoutSeconds: Math.min(Number(seconds), 3600) };
  return sameRef(followed, target) ? patience : { until, ...patience };
}

function containerNames(object: KubeObject | null): string[] {
  const spec = field(object, 'spec');
  const template = field(spec, 'template') ?? field(field(field(spec, 'jobTemplate'), 'spec'), 'template');
  const containers = field(field(template, 'spec'), 'containers');
  const names = Array.isArray(containers) ? containers.map((container: unknown) => field(container, 'name')) : [];
  return names.filter((name) => typeof name === 'string');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
