import type { Path } from './schema-walk.ts';

/** Where somebody is about to write, read from the lines before: what is half typed is no YAML yet. */
export interface TypingPlace {
  /** Of the object that gets a key, or of the field that gets a value. */
  path: Path;
  writes: 'key' | 'value';
  /** What of it is there already, and in which column it begins. */
  typed: string;
  column: number;
  /** The keys that the object has. */
  siblings: ReadonlySet<string>;
}

interface Line {
  /** Columns of the dashes in front. */
  dashes: number[];
  /** Where the text after indent and dashes begins. */
  column: number;
  text: string;
  key: string | null;
  /** After the colon. */
  value: string;
}

const keyPattern = /^("[^"]*"|'[^']*'|[^\s:#'"{[][^:]*?|):(?:\s+(.*)|)$/;
const blockText = /^[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;

/** `lines` are those of the document, `head` the part of line `index` before the cursor. Null inside a text block or a comment. */
export function typingPlace(lines: readonly string[], index: number, head: string): TypingPlace | null {
  const own = readLine(head);
  if (own.text.startsWith('#') || /[{}[\]"']/.test(own.text)) return null;
  const above = parentsOf(lines, index, own);
  if (above === null) return null;
  if (own.key !== null && /:\s/.test(head)) {
    const typed = own.value;
    return { path: [...above, own.key], writes: 'value', typed, column: head.length - typed.length, siblings: new Set() };
  }
  if (!/^[\w./-]*$/.test(own.text)) return null;
  return { path: above, writes: 'key', typed: own.text, column: own.column, siblings: siblingsOf(lines, index, own.column) };
}

function readLine(line: string): Line {
  const dashes: number[] = [];
  let column = line.length - line.trimStart().length;
  while (/^-(?:\s|$)/.test(line.slice(column))) {
    dashes.push(column);
    const rest = line.slice(column + 1);
    column += 1 + Math.max(1, rest.length - rest.trimStart().length);
  }
  const text = line.slice(column);
  const [, key = null, value = ''] = keyPattern.exec(text) ?? [];
  return { dashes, column, text, key: key?.replace(/^["']|["']$/g, '') ?? null, value };
}

/** Where the search for parents stands: what is above must begin left of `column`, or be the key of a list whose dash is there. */
interface Climb {
  path: (string | number)[];
  column: number;
  item: boolean;
}

/** The path of the object or list that the line stands in; null inside a text block. */
function parentsOf(lines: readonly string[], index: number, own: Line): Path | null {
  const climb: Climb = { path: [], column: own.column, item: false };
  enter(climb, own.dashes);
  for (let i = index - 1; i >= 0 && (climb.column > 0 || climb.item); i -= 1) {
    const line = readLine(lines[i] ?? '');
    if (!climb.item && line.column === climb.column && line.dashes.length > 0) enter(climb, line.dashes);
    else if (line.key !== null && isAbove(line, climb)) {
      if (blockText.test(line.value)) return null;
      climb.path.unshift(line.key);
      climb.column = line.column;
      climb.item = false;
      enter(climb, line.dashes);
    }
  }
  return climb.path;
}

function enter(climb: Climb, dashes: readonly number[]): void {
  for (const dash of dashes.toReversed()) {
    climb.path.unshift(0);
    climb.column = dash;
    climb.item = true;
  }
}

/** What is empty or a comment is above nothing. A dash may stand under the first letter of the key that it belongs to. */
function isAbove(line: Line, { column, item }: Climb): boolean {
  return item ? line.column <= column && !line.dashes.includes(column) : line.column < column;
}

/** The keys in the same column, as far as the object goes in both directions. */
function siblingsOf(lines: readonly string[], index: number, column: number): Set<string> {
  const found = new Set<string>();
  const collect = (line: Line): boolean => {
    if (line.text.trim() === '') return true;
    const starts = line.dashes.at(0) ?? line.column;
    if (line.column === column && line.key !== null) found.add(line.key);
    return starts >= column;
  };
  if (readLine(lines[index] ?? '').dashes.length === 0) for (let i = index - 1; i >= 0 && collect(readLine(lines[i] ?? '')); i -= 1);
  for (let i = index + 1; i < lines.length; i += 1) {
    const line = readLine(lines[i] ?? '');
    if (line.text.trim() !== '' && (line.dashes.at(0) ?? line.column) < column) break;
    collect(line);
  }
  return found;
}
