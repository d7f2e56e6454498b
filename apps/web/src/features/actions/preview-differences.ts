import type { Action, ActionStep, FieldChange } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';

export interface StepDifference {
  stepId: string;
  texts: string[];
}

/** What of a fresh preview is not as it was in the one before: step by step, in words; at least one word where the steps differ in nothing one sees. */
export function previewDifferences(before: Pick<Action, 'steps'>, fresh: Pick<Action, 'steps'>, messages: Messages): StepDifference[] {
  const found = fresh.steps.flatMap((step): StepDifference[] => {
    const old = before.steps.find(({ stepId }) => stepId === step.stepId);
    const texts = old === undefined ? [] : ofStep(old, step, messages);
    return texts.length === 0 ? [] : [{ stepId: step.stepId, texts }];
  });
  return found.length > 0 ? found : fresh.steps.slice(0, 1).map(({ stepId }) => ({ stepId, texts: [messages.actions.differs.other] }));
}

function ofStep(old: ActionStep, now: ActionStep, { actions: { differs } }: Messages): string[] {
  if (now.refused !== null) return old.refused === null ? [differs.refused(now.refused.error)] : [];
  if (now.preview === null || old.preview === null) return [];
  const before = new Map(old.preview.diff.fields.map((field) => [field.path, field]));
  const after = new Map(now.preview.diff.fields.map((field) => [field.path, field]));
  const fields = [...after.values()].flatMap((field) => ofField(before.get(field.path), field, differs));
  const gone = [...before.keys()].filter((path) => !after.has(path)).map(differs.goneField);
  const warnings = now.preview.warnings.filter((warning) => !old.preview?.warnings.includes(warning)).map(differs.warning);
  const reach = now.preview.radius.note === old.preview.radius.note ? [] : [differs.reach(now.preview.radius.note)];
  return [...fields, ...gone, ...warnings, ...reach];
}

function ofField(old: FieldChange | undefined, now: FieldChange, differs: Messages['actions']['differs']): string[] {
  if (old === undefined) return [differs.newField(now.path)];
  return JSON.stringify(old.before) === JSON.stringify(now.before) ? [] : [differs.value(now.path, textOf(now.before), textOf(old.before))];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '—');
}
