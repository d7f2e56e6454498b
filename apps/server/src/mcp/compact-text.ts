const longestList = 160;

/**
 * Plain data in few words, as a model reads it: what says nothing (null, empty) is left out, objects with the same plain
 * fields are a table, all else is indented as YAML is.
 */
export function compactText(value: unknown): string {
  return linesOf(value, '').join('\n');
}

function linesOf(value: unknown, indent: string): string[] {
  if (Array.isArray(value)) return listLines(value.filter(saysSomething), indent);
  if (isRecord(value)) return Object.entries(value).flatMap(([key, each]) => (saysSomething(each) ? fieldLines(key, each, indent) : []));
  return String(value)
    .split('\n')
    .map((line) => indent + line);
}

function fieldLines(key: string, value: unknown, indent: string): string[] {
  if (!isRecord(value) && !Array.isArray(value)) {
    const text = String(value);
    return text.includes('\n') ? [`${indent}${key}:`, ...linesOf(text, `${indent} `)] : [`${indent}${key}: ${text}`];
  }
  const short = inOneLine(value);
  return short === null ? [`${indent}${key}:`, ...linesOf(value, `${indent} `)] : [`${indent}${key}: ${short}`];
}

/** A list of short texts, or a few plain fields; null where it takes more lines. */
function inOneLine(value: Record<string, unknown> | unknown[]): string | null {
  const parts = Array.isArray(value)
    ? value.filter(saysSomething).map((each) => (isPlain(each) ? cell(each) : null))
    : Object.entries(value).flatMap(([key, each]) => (saysSomething(each) ? [isPlain(each) ? `${key}=${cell(each)}` : null] : []));
  const text = parts.join(', ');
  return parts.includes(null) || text.length > longestList || text.includes('\n') ? null : text;
}

function listLines(values: readonly unknown[], indent: string): string[] {
  const table = tableOf(values);
  if (table !== null) return table.map((line) => indent + line);
  return values.flatMap((value) => {
    const [first = '', ...rest] = linesOf(value, `${indent}  `);
    return [`${indent}- ${first.trimStart()}`, ...rest];
  });
}

/** Two or more objects of plain fields: their names once, then a line for each. */
function tableOf(values: readonly unknown[]): string[] | null {
  const rows = values.filter(isRecord);
  if (rows.length < 2 || rows.length < values.length || !rows.every((row) => Object.values(row).every(isCell))) return null;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => saysSomething(row[key]))))];
  return [columns.join(' | '), ...rows.map((row) => columns.map((column) => cell(row[column])).join(' | '))];
}

function isCell(value: unknown): boolean {
  return isPlain(value) || !saysSomething(value) || (Array.isArray(value) && value.every(isPlain) && value.join(', ').length <= longestList);
}

function cell(value: unknown): string {
  if (!saysSomething(value)) return '-';
  return String(Array.isArray(value) ? value.join(', ') : value).replaceAll(/\s*\n\s*/g, ' ');
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function saysSomething(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  if (Array.isArray(value)) return value.some(saysSomething);
  return isRecord(value) ? Object.values(value).some(saysSomething) : true;
}
