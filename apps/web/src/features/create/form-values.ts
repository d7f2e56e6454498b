import type { FormField, FormPlace, ManifestForm } from '@quarterdeck/contract';
import { type Document, isCollection, isMap, parseAllDocuments, stringify } from 'yaml';
import { isRecord, yamlOptions } from '../editor/schema/yaml-documents.ts';

export type Pair = readonly [string, string];
export type FieldValue = string | readonly string[] | readonly Pair[];

/** The text that a form begins with. */
export function textOfForm({ parts }: ManifestForm): string {
  return parts
    .filter(({ included }) => included)
    .map(({ manifest }) => stringify(manifest, { lineWidth: 0 }))
    .join('---\n');
}

/** Whether the text is one that a form can work on. */
export function canFill(text: string): boolean {
  return documentsOf(text) !== null;
}

/** The ids of the parts that the text has. */
export function partsIn(text: string, form: ManifestForm): Set<string> {
  const documents = documentsOf(text) ?? [];
  return new Set(form.parts.filter(({ id }) => documentOf(documents, form, id) !== undefined).map(({ id }) => id));
}

/** What a field holds, as the text says it; null where none of its places is there. */
export function valueIn(text: string, form: ManifestForm, field: FormField): FieldValue | null {
  const documents = documentsOf(text) ?? [];
  for (const place of field.places) {
    const node: unknown = documentOf(documents, form, place.part)?.toJS();
    const value = at(node, place.path);
    if (value !== undefined) return shownOf(value, field, place);
  }
  return null;
}

/** The text with another value at every place of the field; the rest of it stays as somebody wrote it. */
export function withValue(text: string, form: ManifestForm, field: FormField, value: FieldValue): string {
  const documents = documentsOf(text);
  if (documents === null) return text;
  for (const place of field.places) {
    const document = documentOf(documents, form, place.part);
    if (document === undefined || !reaches(document, place.path)) continue;
    document.setIn(place.path, document.createNode(writtenOf(value, field, place, at(document.toJS(), place.path))));
  }
  return printed(documents);
}

/** With a part that was left out, or without it. What the form holds already goes into the part. */
export function withPart(text: string, form: ManifestForm, part: string, included: boolean): string {
  const documents = documentsOf(text);
  const shape = form.parts.find(({ id }) => id === part);
  if (documents === null || shape === undefined) return text;
  const there = documentOf(documents, form, part);
  if (!included) return printed(documents.filter((document) => document !== there));
  if (there !== undefined) return text;
  const added = `${text.trimEnd()}\n---\n${stringify(shape.manifest, { lineWidth: 0 })}`.replace(/^\s*---\n/, '');
  return form.fields
    .filter(({ places }) => places.some((place) => place.part === part))
    .reduce((next, field) => {
      const value = valueIn(text, form, field);
      return value === null ? next : withValue(next, form, field, value);
    }, added);
}

type Documents = readonly Document[];

/** Null for a text that can't be read. */
function documentsOf(text: string): Documents | null {
  const documents = parseAllDocuments(text, yamlOptions);
  if (!Array.isArray(documents)) return [];
  return documents.some(({ errors }) => errors.length > 0) ? null : documents;
}

/** Parts are told apart by their kind, and those of one kind by their order. */
function documentOf(documents: Documents, { parts }: ManifestForm, part: string): Document | undefined {
  const shape = parts.find(({ id }) => id === part);
  if (shape === undefined) return undefined;
  const { kind } = shape.manifest;
  const before = parts.slice(0, parts.indexOf(shape)).filter(({ manifest }) => manifest.kind === kind).length;
  return documents.filter(({ contents }) => isMap(contents) && contents.get('kind') === kind)[before];
}

function printed(documents: Documents): string {
  return documents
    .filter(({ contents }) => contents !== null)
    .map((document) => document.toString({ lineWidth: 0, directives: false }))
    .map((text) => text.replace(/^---\n/, ''))
    .join('---\n');
}

/** Whether the path can be set without making what somebody took away. */
function reaches(document: Document, path: FormPlace['path']): boolean {
  const parent = path.slice(0, -1);
  return parent.length === 0 || isCollection(document.getIn(parent, true));
}

function at(value: unknown, path: FormPlace['path']): unknown {
  return path.reduce<unknown>((inner, segment) => {
    if (Array.isArray(inner)) return typeof segment === 'number' ? inner[segment] : undefined;
    return isRecord(inner) ? inner[segment] : undefined;
  }, value);
}

function shownOf(value: unknown, { type }: FormField, { before, after }: FormPlace): FieldValue {
  if (type === 'list') return Array.isArray(value) ? value.map(String) : [];
  if (type === 'pairs') return isRecord(value) ? Object.entries(value).map(([key, inner]): Pair => [key, String(inner ?? '')]) : [];
  if (type === 'environment') return plainVariables(value).map(({ name, value: text }): Pair => [name, text]);
  const text = value === null ? '' : String(value);
  return text.slice(text.startsWith(before) ? before.length : 0, after !== '' && text.endsWith(after) ? -after.length : undefined);
}

function writtenOf(value: FieldValue, { type }: FormField, { before, after }: FormPlace, old: unknown): unknown {
  if (typeof value === 'string') return type === 'number' && /^\d+$/.test(value) ? Number(value) : `${before}${value}${after}`;
  const pairs = value.flatMap((item) => (typeof item === 'string' ? [] : [item]));
  if (type === 'list') return value.filter((item) => typeof item === 'string');
  if (type === 'pairs') return Object.fromEntries(pairs);
  // What takes its value from elsewhere is not the form's to change.
  const others = Array.isArray(old) ? old.filter((item) => isRecord(item) && !('value' in item)) : [];
  return [...pairs.map(([name, text]) => ({ name, value: text })), ...others];
}

function plainVariables(value: unknown): { name: string; value: string }[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item) => (isRecord(item) && 'value' in item ? [{ name: String(item.name), value: String(item.value ?? '') }] : []));
}
