import { type FormField, parseQuantity } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';
import type { FieldValue } from './form-values.ts';

const checks: Partial<Record<FormField['type'], (text: string) => boolean>> = {
  name: (text) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text),
  number: (text) => /^\d{1,9}$/.test(text),
  quantity: (text) => parseQuantity(text) !== null,
  schedule: (text) => /^(@\w+|\S+(\s+\S+){4})$/.test(text.trim()),
};

/** What is wrong with what stands in a field; null where nothing is. The cluster has the last word. */
export function fieldProblem(
  { type, required }: Pick<FormField, 'type' | 'required'>,
  value: FieldValue,
  words: Messages['create']['problems'],
): string | null {
  if (typeof value !== 'string') return null;
  if (value === '') return required ? words.required : null;
  const isRight = checks[type];
  if (isRight === undefined || isRight(value) || type === 'text') return null;
  return type === 'name' || type === 'number' || type === 'quantity' || type === 'schedule' ? words[type] : null;
}
