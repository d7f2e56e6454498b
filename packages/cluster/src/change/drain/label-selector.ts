import type { KindTypes } from '@quarterdeck/contract';

type LabelSelector = NonNullable<KindTypes['PodDisruptionBudget']['spec']>['selector'];

/** Whether a selector of a policy/v1 budget picks these labels: none at all picks nothing, an empty one everything. */
export function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined) return false;
  const all = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return all && (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => holds(labels[key], operator, values));
}

function holds(value: string | undefined, operator: string, values: readonly string[]): boolean {
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const among = value !== undefined && values.includes(value);
  return operator === 'NotIn' ? !among : among;
}
