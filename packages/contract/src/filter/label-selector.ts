import type { LabelRequirement } from './filter-ast.ts';
import { filterError } from './filter-error.ts';

type Labels = Readonly<Record<string, string>>;

const setForm = /\s*([^\s!=<>,()]+)\s+(in|notin)\s*\(([^()]*)\)/y;
const orderForm = /\s*([^\s!=<>,()]+)\s*([<>])\s*(-?\d+)(?=[\s,]|$)/y;
const equalityForm = /\s*([^\s!=<>,()]+)(==|!=|=)([^\s!=<>,()]*)/y;
const existenceForm = /\s*(!?)([^\s!=<>,()]+)/y;
const comma = /\s*,\s*/y;

/** A label selector in kubectl's words, `key=value,key!=v,key in (a,b),!key`. Throws VALIDATION_ERROR. */
export function parseLabelSelector(text: string): LabelRequirement[] {
  const tight = text.replace(/\s*(==|!=|=)\s*/g, '$1');
  const { requirements, end } = readLabelSelector(tight, 0);
  if (tight.slice(end).trim() !== '') throw invalid(tight, end, tight.length);
  return requirements;
}

/** The selector that begins at `start`, and where it ends. Throws VALIDATION_ERROR where none does. */
export function readLabelSelector(text: string, start: number): { requirements: LabelRequirement[]; end: number } {
  const requirements: LabelRequirement[] = [];
  for (let at = start; ; ) {
    const read = readRequirement(text, at);
    if (read === null) throw invalid(text, at, text.length);
    requirements.push(read.requirement);
    comma.lastIndex = read.end;
    if (comma.exec(text) === null) return { requirements, end: read.end };
    at = comma.lastIndex;
  }
}

interface Read {
  requirement: LabelRequirement;
  end: number;
}

function readRequirement(text: string, start: number): Read | null {
  return readSet(text, start) ?? readOrder(text, start) ?? readEquality(text, start) ?? readExistence(text, start);
}

function readSet(text: string, start: number): Read | null {
  const [, key = '', word, members = ''] = matchAt(setForm, text, start) ?? [];
  if (word === undefined) return null;
  const values = members.split(',').map((member) => member.trim());
  return { requirement: { key, operator: word === 'in' ? 'in' : 'notIn', values }, end: setForm.lastIndex };
}

function readOrder(text: string, start: number): Read | null {
  const [, key = '', sign, bound] = matchAt(orderForm, text, start) ?? [];
  if (sign === undefined) return null;
  return { requirement: { key, operator: sign === '>' ? 'greater' : 'less', value: Number(bound) }, end: orderForm.lastIndex };
}

function readEquality(text: string, start: number): Read | null {
  const [, key = '', sign, value = ''] = matchAt(equalityForm, text, start) ?? [];
  return sign === undefined ? null : { requirement: { key, operator: sign === '!=' ? 'notIn' : 'in', values: [value] }, end: equalityForm.lastIndex };
}

function readExistence(text: string, start: number): Read | null {
  const [, not, key] = matchAt(existenceForm, text, start) ?? [];
  return key === undefined ? null : { requirement: { key, operator: not === '!' ? 'absent' : 'exists' }, end: existenceForm.lastIndex };
}

function matchAt(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}

/** As the API server decides it: `!=` and `notin` hold for objects without the label, too. */
export function matchesLabels(labels: Labels | undefined, requirements: readonly LabelRequirement[]): boolean {
  return requirements.every((requirement) => matches(labelOf(labels, requirement.key), requirement));
}

function matches(value: string | undefined, requirement: LabelRequirement): boolean {
  switch (requirement.operator) {
    case 'in':
      return value !== undefined && requirement.values.includes(value);
    case 'notIn':
      return value === undefined || !requirement.values.includes(value);
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    default:
      return (
        value !== undefined &&
        /^-?\d+$/.test(value) &&
        (requirement.operator === 'greater' ? Number(value) > requirement.value : Number(value) < requirement.value)
      );
  }
}

function labelOf(labels: Labels | undefined, key: string): string | undefined {
  return labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function invalid(text: string, start: number, end: number) {
  const rest = text.slice(start, end).trim();
  const message = rest === '' ? 'The label selector has no end.' : `"${rest}" is not a label selector.`;
  return filterError(message, 'Write it as for kubectl: -l app=web,tier in (a,b),!old', { start, end });
}
