/** The part of kubectl's JSONPath that printer columns use (k8s.io/client-go/util/jsonpath): fields, indices, slices, wildcards, descent and filters. */
export type JsonPath = readonly Step[];

type Step =
  | { type: 'fields'; names: readonly string[] }
  | { type: 'all' }
  | { type: 'descend' }
  | { type: 'range'; from: number | null; to: number | null }
  | { type: 'index'; index: number }
  | { type: 'where'; left: JsonPath; operator: Operator | null; right: unknown };

type Operator = '==' | '!=' | '>=' | '<=' | '>' | '<';

const fieldForm = /\.?((?:\\.|[^.[\]\\{}\s])+)/y;
const bracketForm = /\.?\[((?:"[^"]*"|'[^']*'|[^\]"'])+)\]/y;
const filterForm = /^\?\(\s*@((?:"[^"]*"|'[^']*'|[^=!<>"'])*?)\s*(?:(==|!=|>=|<=|>|<)\s*(.+?)\s*)?\)$/;

/** Null where it uses what we do not know. */
export function parseJsonPath(text: string): JsonPath | null {
  const path = text
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .replace(/^\$/, '');
  const steps: Step[] = [];
  for (let at = 0; at < path.length; ) {
    const found = stepAt(path, at);
    if (found === null) return path.slice(at) === '.' ? steps : null;
    steps.push(found.step);
    at += found.length;
  }
  return steps;
}

function stepAt(path: string, at: number): { step: Step; length: number } | null {
  // `..name` is any depth, and the name that follows its own step.
  if (path.startsWith('..', at)) return { step: { type: 'descend' }, length: 1 };
  const bracket = matchAt(bracketForm, path, at);
  const field = bracket === null ? matchAt(fieldForm, path, at) : null;
  const step = bracket === null ? fieldStep(field?.[1]) : bracketStep((bracket[1] ?? '').trim());
  return step === null ? null : { step, length: (bracket ?? field)?.[0].length ?? 0 };
}

/** All values at the path, in order. */
export function valuesAt(path: JsonPath, root: unknown): unknown[] {
  return path.reduce<unknown[]>((values, step) => values.flatMap((value) => take(step, value)), [root]);
}

function fieldStep(name: string | undefined): Step | null {
  if (name === undefined) return null;
  return name === '*' ? { type: 'all' } : { type: 'fields', names: [name.replace(/\\(.)/g, '$1')] };
}

function bracketStep(content: string): Step | null {
  if (content === '*') return { type: 'all' };
  if (/^-?\d+$/.test(content)) return { type: 'index', index: Number(content) };
  const [, from, to] = /^(-?\d*):(-?\d*)$/.exec(content) ?? [];
  if (from !== undefined) return { type: 'range', from: from === '' ? null : Number(from), to: to === '' || to === undefined ? null : Number(to) };
  if (content.startsWith('?')) return filterStep(content);
  const names = [...content.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => (double ?? single ?? '').replace(/\\(.)/g, '$1'));
  return names.length > 0 ? { type: 'fields', names } : null;
}

function filterStep(content: string): Step | null {
  const [all, leftText = '', operator, literal = ''] = filterForm.exec(content) ?? [];
  const left = all === undefined ? null : parseJsonPath(leftText);
  if (left === null) return null;
  return { type: 'where', left, operator: isOperator(operator) ? operator : null, right: literalOf(literal) };
}

function literalOf(text: string): unknown {
  const quoted = /^"(.*)"$|^'(.*)'$/s.exec(text);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? '';
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function take(step: Step, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  switch (step.type) {
    case 'fields':
      return step.names.flatMap((name) => field(value, name));
    case 'all':
      return Object.values(value);
    case 'descend':
      return [value, ...Object.values(value).flatMap((below: unknown) => take(step, below))];
    case 'index':
      return Array.isArray(value) ? value.slice(step.index, step.index === -1 ? undefined : step.index + 1) : [];
    case 'range':
      return Array.isArray(value) ? value.slice(step.from ?? 0, step.to ?? undefined) : [];
    case 'where':
      return Object.values(value).filter((item) => holds(step, item));
  }
}

function field(value: object, name: string): unknown[] {
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return found === undefined ? [] : [found];
}

function holds({ left, operator, right }: Extract<Step, { type: 'where' }>, item: unknown): boolean {
  const [value] = valuesAt(left, item);
  if (operator === null) return value !== undefined && value !== null && value !== false;
  if (operator === '==' || operator === '!=') return (value === right) === (operator === '==');
  if (typeof value !== 'number' || typeof right !== 'number') return false;
  if (operator === '>=' || operator === '>') return value > right || (operator === '>=' && value === right);
  return value < right || (operator === '<=' && value === right);
}

function isOperator(text: string | undefined): text is Operator {
  return text !== undefined && /^([=!<>]=|[<>])$/.test(text);
}

function matchAt(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}
