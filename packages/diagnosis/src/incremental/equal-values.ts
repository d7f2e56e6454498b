/** Whether two values of plain data say the same, whatever the order of their keys; an undefined field counts as none. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && equalItems(a, b);
  return equalFields(a, b);
}

export function equalItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => equalValues(item, b[index]));
}

function equalFields(a: object, b: object): boolean {
  const own = definedFields(a);
  const others = new Map(definedFields(b));
  return own.length === others.size && own.every(([key, value]) => others.has(key) && equalValues(value, others.get(key)));
}

function definedFields(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, field]) => field !== undefined);
}
