import { type Parsed, parsed, unparsed } from './kubectl-command.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One value that a patch sets, with the path to it; `null` removes. */
export interface PatchLeaf {
  path: readonly string[];
  value: string | number | boolean | null;
}

function isJsonObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): Parsed<Json> {
  try {
    const value: Json = JSON.parse(text);
    return parsed(value);
  } catch (error) {
    return unparsed(`the patch is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function* leavesOf(value: Json, path: readonly string[]): Generator<PatchLeaf> {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    yield { path, value };
    return;
  }
  const children = isJsonObject(value) ? Object.entries(value) : [...value.entries()];
  if (children.length === 0) yield { path, value: null };
  for (const [key, child] of children) yield* leavesOf(child, [...path, String(key)]);
}

/** What holds so much that setting it whole takes away more than it says. */
const wholes = new Set(['spec', 'metadata', 'data', 'binarydata', 'template', 'jobtemplate', 'containers', 'initcontainers']);

function isWhole(step: string | undefined): boolean {
  return step !== undefined && wholes.has(step.toLowerCase());
}

/** A merge patch sets lists whole: one with containers drops everything of them that it does not repeat. */
function replacedList(value: Json, path: readonly string[]): string | null {
  if (Array.isArray(value)) return isWhole(path.at(-1)) ? path.join('.') : null;
  if (!isJsonObject(value)) return null;
  for (const [key, child] of Object.entries(value)) {
    const found = replacedList(child, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}

const pointerOperations = new Set(['add', 'replace', 'remove', 'test']);

function operationLeaves(operation: Json): Parsed<PatchLeaf[]> {
  if (!isJsonObject(operation)) return unparsed('a JSON patch is a list of operations');
  const { op, path, value } = operation;
  if (typeof op !== 'string' || !pointerOperations.has(op)) return unparsed(`the patch operation ${JSON.stringify(op)} is not let through`);
  if (typeof path !== 'string' || !path.startsWith('/')) return unparsed('a patch operation needs the path of one field');
  const steps = path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (op !== 'test' && isWhole(steps.at(-1))) return unparsed(`it replaces all of ${steps.join('.')}`);
  if (op === 'remove') return parsed([{ path: steps, value: null }]);
  return value === undefined ? unparsed('a patch operation has no value') : parsed([...leavesOf(value, steps)]);
}

/**
 * All values that a patch sets, whatever its type: `json` is RFC 6902, `merge` and `strategic` are documents.
 * An empty object or list counts as `null`: replacing a field with it takes away what was there.
 */
export function patchLeaves(text: string, type: string): Parsed<PatchLeaf[]> {
  const json = parseJson(text);
  if (json.problem !== '') return unparsed(json.problem);
  const document = json.value;
  if (type !== 'json') {
    if (document === null || !isJsonObject(document)) return unparsed('the patch is not an object');
    const whole = type === 'merge' ? replacedList(document, []) : null;
    return whole === null ? parsed([...leavesOf(document, [])]) : unparsed(`it replaces all of ${whole}`);
  }
  if (!Array.isArray(document)) return unparsed('a JSON patch is a list of operations');
  const leaves: PatchLeaf[] = [];
  for (const operation of document) {
    const found = operationLeaves(operation);
    if (found.value === null) return unparsed(found.problem);
    leaves.push(...found.value);
  }
  return parsed(leaves);
}
