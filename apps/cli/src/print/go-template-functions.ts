import { isRecord, kubeLine } from './kube-text.ts';

/** The functions of Go's text/template, and kubectl's own base64decode. Undefined: there is no such function. */
export function templateFunction(name: string): ((values: readonly unknown[]) => unknown) | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

const functions: Readonly<Record<string, (values: readonly unknown[]) => unknown>> = {
  eq: ([first, ...others]) => others.some((other) => other === first),
  ne: ([one, other]) => one !== other,
  lt: ([one, other]) => compare(one, other) < 0,
  le: ([one, other]) => compare(one, other) <= 0,
  gt: ([one, other]) => compare(one, other) > 0,
  ge: ([one, other]) => compare(one, other) >= 0,
  not: ([value]) => !isTrue(value),
  and: (values) => values.find((value) => !isTrue(value)) ?? values.at(-1),
  or: (values) => values.find(isTrue) ?? values.at(-1),
  len: ([value]) =>
    typeof value === 'string' ? Buffer.byteLength(value) : Array.isArray(value) ? value.length : isRecord(value) ? Object.keys(value).length : 0,
  index: ([value, ...keys]) => keys.reduce<unknown>((at, key) => (Array.isArray(at) ? at[Number(key)] : fieldOf(at, String(key))), value),
  slice: ([value, from, to]) =>
    typeof value === 'string' || Array.isArray(value) ? value.slice(Number(from ?? 0), to === undefined ? undefined : Number(to)) : value,
  print: (values) => values.map(goText).join(''),
  println: (values) => `${values.map(goText).join(' ')}\n`,
  printf: ([form, ...values]) => formatted(String(form), values),
  base64decode: ([value]) => Buffer.from(String(value), 'base64').toString('utf8'),
  exists: ([value, ...keys]) => keys.reduce<unknown>((at, key) => fieldOf(at, String(key)), value) !== undefined,
  urlquery: ([value]) => encodeURIComponent(String(value)),
};

export function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** As Go decides: what is there and is neither false, 0 nor empty. */
export function isTrue(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isRecord(value) || Object.keys(value).length > 0;
}

/** As Go prints a value. */
export function goText(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (!isRecord(value)) return String(value);
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `map[${keys.map((key) => `${key}:${goText(value[key])}`).join(' ')}]`;
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one) < String(other) ? -1 : String(one) === String(other) ? 0 : 1;
}

/** `%s`, `%v`, `%d`, `%q`, `%t`, `%f` with width and precision. */
function formatted(form: string, values: readonly unknown[]): string {
  let next = 0;
  return form.replace(/%(-?)(0?)(\d*)(?:\.(\d+))?([svdqtf%])/g, (_, left: string, zero: string, width: string, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    const value = values[next];
    next += 1;
    const text = verb === 'q' ? kubeLine(String(value)) : verb === 'f' ? Number(value).toFixed(Number(precision ?? 6)) : goText(value);
    const cut = verb === 's' && precision !== undefined ? text.slice(0, Number(precision)) : text;
    if (left !== '') return cut.padEnd(Number(width));
    return cut.padStart(Number(width), zero === '' ? ' ' : '0');
  });
}
