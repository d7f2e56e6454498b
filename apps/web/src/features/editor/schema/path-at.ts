import { isMap, isPair, isScalar, isSeq } from 'yaml';
import { keyOf } from './check-document.ts';
import type { Path } from './schema-walk.ts';
import type { YamlDocument } from './yaml-documents.ts';

/** The field that stands at a position, and where its key or value does. */
export interface FoundField {
  path: Path;
  from: number;
  to: number;
}

/** The innermost field at a position of the text; null between documents. */
export function pathAt({ root }: YamlDocument, position: number): FoundField | null {
  return inNode(root, position, []);
}

function inNode(node: unknown, position: number, path: Path): FoundField | null {
  if (isScalar(node)) return covers(node.range, position) ? found(path, node.range) : null;
  const parts = isMap(node)
    ? node.items.map((pair) => inPair(pair, position, path))
    : isSeq(node)
      ? node.items.map((item, index) => inNode(item, position, [...path, index]))
      : [];
  return parts.find((part) => part !== null) ?? null;
}

function inPair(pair: unknown, position: number, path: Path): FoundField | null {
  if (!isPair(pair)) return null;
  const name = keyOf(pair);
  if (name === null) return null;
  const here = [...path, name];
  if (isScalar(pair.key) && covers(pair.key.range, position)) return found(here, pair.key.range);
  return inNode(pair.value, position, here);
}

function covers(range: readonly number[] | null | undefined, position: number): range is readonly number[] {
  const [from, to] = range ?? [];
  return from !== undefined && to !== undefined && position >= from && position <= to;
}

function found(path: Path, range: readonly number[]): FoundField {
  return { path, from: range[0] ?? 0, to: range[1] ?? 0 };
}

/** Where the key or item of a path stands, or the nearest part of the path that there is. */
export function spanOfPath({ root }: YamlDocument, path: Path): { from: number; to: number } {
  let [from, to] = root?.range ?? [0, 1];
  let node: unknown = root;
  for (const segment of path) {
    const step = stepInto(node, segment);
    if (step === null) break;
    if (isScalar(step.at) && step.at.range != null) [from, to] = step.at.range;
    node = step.value;
  }
  return { from, to: Math.max(to, from + 1) };
}

function stepInto(node: unknown, segment: string | number): { at: unknown; value: unknown } | null {
  if (isSeq(node) && typeof segment === 'number') return { at: node.items[segment], value: node.items[segment] };
  const pair = isMap(node) ? node.items.find((each) => keyOf(each) === String(segment)) : undefined;
  return pair === undefined ? null : { at: pair.key, value: pair.value };
}
