import * as z from 'zod';

const labels = z.record(z.string(), z.string());
const expression = z.object({ key: z.string(), operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']), values: z.array(z.string()).nullish() });
const selectorSchema = z.object({ matchLabels: labels.nullish(), matchExpressions: z.array(expression).nullish() });

/**
 * A selector of an object's `spec.selector` as the API's `labelSelector` parameter: that of a workload or, as plain
 * labels, of a Service. Null where there is none or where it selects everything.
 */
export function labelSelectorText(selector: unknown): string | null {
  const plain = labels.safeParse(selector);
  if (plain.success) return joined(equalities(plain.data));
  const parsed = selectorSchema.safeParse(selector);
  if (!parsed.success) return null;
  const { matchLabels, matchExpressions } = parsed.data;
  return joined([...equalities(matchLabels ?? {}), ...(matchExpressions ?? []).map(expressionText)]);
}

function equalities(map: Record<string, string>): string[] {
  return Object.entries(map).map(([key, value]) => `${key}=${value}`);
}

function expressionText({ key, operator, values }: z.infer<typeof expression>): string {
  if (operator === 'Exists') return key;
  if (operator === 'DoesNotExist') return `!${key}`;
  return `${key} ${operator === 'In' ? 'in' : 'notin'} (${(values ?? []).join(',')})`;
}

function joined(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : parts.join(',');
}
