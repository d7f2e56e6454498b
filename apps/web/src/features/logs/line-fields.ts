import { logFields } from '@quarterdeck/contract';
import type { LogLine } from './log-line.ts';

export interface LineFields {
  /** What the line says; empty where no field holds it. */
  message: string;
  /** By name; `http.status` for what lies deeper. */
  fields: ReadonlyMap<string, string>;
}

const read = new WeakMap<LogLine, LineFields | null>();
/** So many of the last lines are looked at for the fields that there are. */
const sample = 500;
const deepest = 2;

/** The fields of a structured line, read once; null for a line of plain text. */
export function fieldsOf(line: LogLine): LineFields | null {
  const known = read.get(line);
  if (known !== undefined) return known;
  const parsed = line.marker === null ? logFields(line.text) : null;
  const fields = parsed === null ? null : { message: parsed.message, fields: new Map(flattened(parsed.fields, '', 0)) };
  read.set(line, fields);
  return fields;
}

function* flattened(value: Readonly<Record<string, unknown>>, prefix: string, depth: number): Iterable<[string, string]> {
  for (const [key, inner] of Object.entries(value)) {
    const name = `${prefix}${key}`;
    if (isPlain(inner) && depth < deepest) yield* flattened(inner, `${name}.`, depth + 1);
    else yield [name, typeof inner === 'string' ? inner : JSON.stringify(inner)];
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names of the fields that the last lines have, the most frequent first. */
export function seenFields(lines: readonly LogLine[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines.slice(-sample)) for (const name of fieldsOf(line)?.fields.keys() ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, timesA], [b, timesB]) => timesB - timesA || a.localeCompare(b)).map(([name]) => name);
}

/** A JSON line over several; null for what is none. */
export function prettyText(line: LogLine): string | null {
  const text = line.text.trim();
  if (!text.startsWith('{') && !text.startsWith('[')) return null;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Looks like JSON and is none: it is shown as it stands.
    return null;
  }
}
