import type { FieldSchema, KindSchema, ValueType } from '@quarterdeck/contract';
import { isMap, isPair, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Messages } from '../../../messages/language.ts';
import { nearName } from './near-name.ts';
import { childField, rootField } from './schema-walk.ts';
import type { YamlDocument } from './yaml-documents.ts';

/** Something that is wrong at a place of the text. Offsets in characters. */
export interface Mark {
  from: number;
  to: number;
  severity: 'error' | 'warning' | 'info';
  message: string;
  /** What would stand there if it was right; left out where nobody knows. */
  fix?: string;
}

type Words = Messages['editor']['marks'];

interface Checking {
  schema: KindSchema;
  words: Words;
  marks: Mark[];
}

interface Span {
  from: number;
  to: number;
}

/** What the schema does not know or want in a document: unknown and missing fields, wrong types, values that are none of those allowed. */
export function checkDocument(document: YamlDocument, schema: KindSchema, words: Words): Mark[] {
  const checking: Checking = { schema, words, marks: [] };
  if (document.root === null) return [];
  checkNode(document.root, rootField(schema), startOf(document.root), checking);
  return checking.marks;
}

/** What every object needs, whatever its kind. */
export function checkHead({ root, from }: YamlDocument, words: Words): Mark[] {
  if (root === null) return [];
  if (!isMap(root)) return [{ ...spanOf(root, { from, to: from + 1 }), severity: 'error', message: words.noObject }];
  const anchor = startOf(root);
  const missing = ['apiVersion', 'kind', 'metadata'].filter((key) => !root.has(key));
  return missing.map((key) => ({ ...anchor, severity: 'error', message: words.missing(key) }));
}

function checkNode(node: unknown, field: FieldSchema, anchor: Span, checking: Checking): void {
  if (isMap(node)) checkFields(node, field, anchor, checking);
  else if (isSeq(node)) {
    if (!takes(field, 'array')) report(checking, anchor, checking.words.wrongType(checking.words.types.array, wanted(field, checking)));
    const item = childField(checking.schema, field, 0);
    if (item !== undefined) for (const inner of node.items) checkNode(inner, item, isNode(inner) ? startOf(inner) : anchor, checking);
  } else if (isScalar(node)) checkScalar(node, field, anchor, checking);
}

function checkFields(node: YAMLMap, field: FieldSchema, anchor: Span, checking: Checking): void {
  const { words } = checking;
  if (!takes(field, 'object')) {
    report(checking, anchor, words.wrongType(words.types.object, wanted(field, checking)));
    return;
  }
  const names = node.items.map((pair) => keyOf(pair));
  for (const pair of node.items) checkField(pair, field, anchor, checking);
  for (const name of field.required ?? []) if (!names.includes(name)) report(checking, anchor, words.missing(name));
}

function checkField(pair: Pair, field: FieldSchema, anchor: Span, checking: Checking): void {
  const name = keyOf(pair);
  if (name === null) return;
  const at = spanOf(pair.key, anchor);
  const known = childField(checking.schema, field, name);
  if (known !== undefined) checkNode(pair.value, known, at, checking);
  else if (field.properties !== undefined && field.open !== true) {
    const near = nearName(name, Object.keys(field.properties));
    report(checking, at, near === undefined ? checking.words.unknown(name) : checking.words.unknownNear(name, near), near);
  }
}

function checkScalar(node: Scalar, field: FieldSchema, anchor: Span, checking: Checking): void {
  const { value } = node;
  const { words } = checking;
  // A field without a value is a field that is not set.
  if (value === null || value === undefined) return;
  const type = typeOf(value);
  const at = spanOf(node, anchor);
  if (field.enum !== undefined && !field.enum.some((allowed) => allowed === value)) {
    const near = nearName(String(value), field.enum.map(String));
    report(checking, at, words.notAllowed(String(value), field.enum.map(String).join(', '), near ?? null), near);
  } else if (!takes(field, type) && !(type === 'integer' && takes(field, 'number'))) {
    const quoted = takes(field, 'string') && (type === 'integer' || type === 'number' || type === 'boolean');
    const text = words.wrongType(words.types[type], wanted(field, checking));
    const source = String(node.source ?? value);
    report(checking, at, quoted ? `${text} ${words.quote(source)}` : text, quoted ? JSON.stringify(source) : undefined);
  }
}

function typeOf(value: unknown): ValueType {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

function takes({ types }: FieldSchema, type: ValueType): boolean {
  return types === undefined || types.includes(type);
}

function wanted({ types = [] }: FieldSchema, { words }: Checking): string {
  return types.map((type) => words.types[type]).join(words.or);
}

function report({ marks }: Checking, { from, to }: Span, message: string, fix?: string): void {
  marks.push({ from, to, severity: 'error', message, ...(fix === undefined ? {} : { fix }) });
}

export function keyOf(pair: Pair): string | null {
  return isScalar(pair.key) ? String(pair.key.value) : null;
}

function spanOf(node: unknown, otherwise: Span): Span {
  const range = isNode(node) ? node.range : undefined;
  return range == null ? otherwise : { from: range[0], to: Math.max(range[1], range[0] + 1) };
}

function isNode(node: unknown): node is Node {
  return isScalar(node) || isMap(node) || isSeq(node);
}

/** The first key of an object, so that what it lacks is not marked on all of its lines. */
function startOf(node: Node): Span {
  const first = isMap(node) ? node.items[0] : undefined;
  const at = spanOf(isPair(first) ? first.key : node, { from: 0, to: 1 });
  return isMap(node) ? at : { from: at.from, to: at.from + 1 };
}
