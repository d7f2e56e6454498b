import { isRecord } from '../schema/yaml-documents.ts';

/** What a key holds. `hidden`: a value of a Secret, of which the server tells the length alone. */
export type DataValue = { as: 'text'; text: string } | { as: 'binary'; base64: string } | { as: 'hidden'; bytes: number | null };
export type WrittenValue = Exclude<DataValue, { as: 'hidden' }>;

/** What somebody did to a key that is there. */
export interface KeyEdit {
  name?: string;
  value?: WrittenValue;
  removed?: boolean;
  /** As it was when the edit began. */
  before: DataValue;
}

export interface AddedKey {
  id: string;
  name: string;
  value: WrittenValue;
}

export interface DataDraft {
  edits: ReadonlyMap<string, KeyEdit>;
  added: readonly AddedKey[];
}

export const noEdits: DataDraft = { edits: new Map(), added: [] };

/** A key as it is shown: what the cluster has, with what was done to it. */
export interface DataEntry {
  /** Stays while the name changes. */
  id: string;
  /** As the cluster names it; null for a new one. */
  key: string | null;
  name: string;
  value: DataValue;
  /** What the cluster has; null for a new one. */
  held: DataValue | null;
  state: 'same' | 'changed' | 'removed' | 'added';
  /** Whether somebody else changed it since the edit began. */
  moved: boolean;
}

/** The most that the API server takes for all keys together (MaxSecretSize, and so for ConfigMaps). */
export const mostBytes = 1024 * 1024;

const keyPattern = /^[-._a-zA-Z0-9]{1,253}$/;

export function dataOf(object: Readonly<Record<string, unknown>>): Map<string, DataValue> {
  const isSecret = object.kind === 'Secret';
  const texts = isRecord(object.data) ? Object.entries(object.data) : [];
  const binaries = isRecord(object.binaryData) ? Object.entries(object.binaryData) : [];
  const all = [
    ...texts.map(([key, value]): [string, DataValue] => [key, isSecret ? hidden(String(value)) : { as: 'text', text: String(value) }]),
    ...binaries.map(([key, value]): [string, DataValue] => [key, { as: 'binary', base64: String(value) }]),
  ];
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `<hidden, 12 bytes>`. */
function hidden(shown: string): DataValue {
  const bytes = /(\d+) bytes/.exec(shown)?.[1];
  return { as: 'hidden', bytes: bytes === undefined ? null : Number(bytes) };
}

export function entriesOf(data: ReadonlyMap<string, DataValue>, { edits, added }: DataDraft): DataEntry[] {
  const there = [...data].map(([key, value]): DataEntry => {
    const edit = edits.get(key);
    const same = { id: key, key, name: key, value, held: value, state: 'same', moved: false } as const;
    if (edit === undefined) return same;
    const state = edit.removed === true ? 'removed' : isEdited(key, edit) ? 'changed' : 'same';
    return { ...same, name: edit.name ?? key, value: edit.value ?? value, state, moved: state !== 'same' && !equal(edit.before, value) };
  });
  return [...there, ...added.map(({ id, name, value }): DataEntry => ({ id, key: null, name, value, held: null, state: 'added', moved: false }))];
}

function isEdited(key: string, { name, value, before }: KeyEdit): boolean {
  return (name !== undefined && name !== key) || (value !== undefined && !equal(value, before));
}

export function equal(one: DataValue, other: DataValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function problemOf(entry: DataEntry, entries: readonly DataEntry[]): 'badKey' | 'twice' | null {
  if (entry.state === 'removed') return null;
  if (!keyPattern.test(entry.name) || entry.name === '.' || entry.name === '..') return 'badKey';
  const others = entries.filter((other) => other !== entry && other.state !== 'removed' && other.name === entry.name);
  return others.length > 0 ? 'twice' : null;
}

export function bytesOf(value: DataValue): number {
  if (value.as === 'text') return new TextEncoder().encode(value.text).length;
  if (value.as === 'hidden') return value.bytes ?? 0;
  return Math.floor((value.base64.length * 3) / 4) - (value.base64.endsWith('==') ? 2 : value.base64.endsWith('=') ? 1 : 0);
}

/** The merge patch of the keys that were touched, and of no others; null where none was. */
export function patchOf(entries: readonly DataEntry[], isSecret: boolean): Record<string, unknown> | null {
  const places = entries.filter(({ state }) => state !== 'same').flatMap((entry) => [...takenFrom(entry, isSecret), ...putInto(entry, isSecret)]);
  if (places.length === 0) return null;
  const maps = Map.groupBy(places, ({ map }) => map);
  return Object.fromEntries([...maps].map(([map, members]) => [map, Object.fromEntries(members.map(({ key, value }) => [key, value]))]));
}

interface PatchPlace {
  map: 'data' | 'binaryData';
  key: string;
  value: string | null;
}

/** A key goes from where it was when it is removed, renamed, or becomes text where it was binary. */
function takenFrom({ key, name, value, held, state }: DataEntry, isSecret: boolean): PatchPlace[] {
  if (key === null || held === null) return [];
  const was = mapOf(held, isSecret);
  const stays = state !== 'removed' && name === key && mapOf(value, isSecret) === was;
  return stays ? [] : [{ map: was, key, value: null }];
}

function putInto({ name, value, state }: DataEntry, isSecret: boolean): PatchPlace[] {
  if (state === 'removed' || value.as === 'hidden') return [];
  const plain = value.as === 'binary' ? value.base64 : isSecret ? toBase64(new TextEncoder().encode(value.text)) : value.text;
  return [{ map: mapOf(value, isSecret), key: name, value: plain }];
}

function mapOf(value: DataValue, isSecret: boolean): PatchPlace['map'] {
  return value.as === 'binary' && !isSecret ? 'binaryData' : 'data';
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** A file as it is best edited: as text where it is UTF-8 without NUL. */
export function valueOfFile(bytes: Uint8Array): WrittenValue {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\u0000')) return { as: 'text', text };
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown; // TypeError: it is no UTF-8.
  }
  return { as: 'binary', base64: toBase64(bytes) };
}

/** Whether the cluster has come to hold what was written; of what is hidden the length is all that can be compared. */
export function isSaved(data: ReadonlyMap<string, DataValue>, entries: readonly DataEntry[]): boolean {
  const touched = entries.filter(({ state }) => state !== 'same');
  return touched.length > 0 && touched.every((entry) => holds(data, entry));
}

function holds(data: ReadonlyMap<string, DataValue>, { key, name, value, state }: DataEntry): boolean {
  if (state === 'removed') return key !== null && !data.has(key);
  const found = data.get(name);
  if (found === undefined || (key !== null && key !== name && data.has(key))) return false;
  return found.as === 'hidden' ? found.bytes === bytesOf(value) : equal(found, value);
}
