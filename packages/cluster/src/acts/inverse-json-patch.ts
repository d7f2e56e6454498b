interface Operation {
  op: string;
  path: string;
  value?: unknown;
}

/**
 * The JSON patch (RFC 6902) that takes another one back: each operation with what stood there before, the last one
 * first. Null for a patch that does not fit the object, or whose way back is not told by it.
 */
export function inverseJsonPatch(object: unknown, patch: readonly Record<string, unknown>[]): Operation[] | null {
  const inverse: Operation[] = [];
  let state: unknown = structuredClone(object);
  for (const step of patch) {
    const operation = readOperation(step);
    if (operation === null) return null;
    if (operation.op === 'test') continue;
    const undone = undoOperation(state, operation);
    const next = undone === null ? null : applied(state, operation);
    if (undone === null || next === null) return null;
    inverse.unshift(undone);
    state = next;
  }
  return inverse;
}

function readOperation({ op, path, value }: Record<string, unknown>): Operation | null {
  if (typeof op !== 'string' || typeof path !== 'string' || !['add', 'replace', 'remove', 'test'].includes(op)) return null;
  return { op, path, value };
}

function undoOperation(state: unknown, { op, path }: Operation): Operation | null {
  const place = placeOf(state, path);
  if (place === null) return null;
  const { parent, key } = place;
  const list = Array.isArray(parent);
  const at = list && key === '-' ? String(parent.length) : key;
  const there = Object.hasOwn(parent, at);
  const exact = pointer(path, at);
  const old: unknown = Reflect.get(parent, at);
  // Into a list something is put between, into an object in the place of what is there.
  if (op === 'add') return list || !there ? { op: 'remove', path: exact } : { op: 'replace', path: exact, value: old };
  if (!there) return null;
  return { op: op === 'replace' ? 'replace' : 'add', path: exact, value: old };
}

/** A copy with the operation carried out. */
function applied(state: unknown, { op, path, value }: Operation): unknown {
  const copy = structuredClone(state);
  const place = placeOf(copy, path);
  if (place === null) return null;
  const { parent, key } = place;
  if (Array.isArray(parent)) {
    const index = key === '-' ? parent.length : Number(key);
    parent.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  } else if (op === 'remove') Reflect.deleteProperty(parent, key);
  else Reflect.set(parent, key, value);
  return copy;
}

/** The object or list that a pointer leads into, and its last step. */
function placeOf(state: unknown, path: string): { parent: object; key: string } | null {
  const steps = path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = steps.pop();
  const parent = steps.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined), state);
  return key === undefined || typeof parent !== 'object' || parent === null ? null : { parent, key };
}

/** The same pointer with another last step. */
function pointer(path: string, key: string): string {
  return `${path.slice(0, path.lastIndexOf('/'))}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
