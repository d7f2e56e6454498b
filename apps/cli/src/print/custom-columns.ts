import { type JsonPath, valuesAt } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { relaxedPath } from './json-path-template.ts';
import { type KubeRecord, kubeLine } from './kube-text.ts';

interface CustomColumn {
  header: string;
  path: JsonPath;
}

/** `NAME:.metadata.name,IMAGE:.spec.containers[*].image`. Throws VALIDATION_ERROR. */
export function customColumns(text: string): CustomColumn[] {
  return splitOutside(text, ',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 1) throw wrong(`${part === '' ? 'An empty column' : part} has no path.`);
    return { header: part.slice(0, colon), path: relaxedPath(part.slice(colon + 1)) };
  });
}

/** A file: the headings on the first line, the paths on the second. */
export function customColumnsFile(text: string): CustomColumn[] {
  const [headers = [], paths = []] = text.split('\n').map((line) => line.trim().split(/\s+/).filter(Boolean));
  if (headers.length === 0 || headers.length !== paths.length) throw wrong(`The file has ${headers.length} headings and ${paths.length} paths.`);
  return headers.map((header, index) => ({ header, path: relaxedPath(paths[index] ?? '') }));
}

export function customRows(columns: readonly CustomColumn[], objects: readonly KubeRecord[], headers: boolean): string[][] {
  const rows = objects.map((object) => columns.map(({ path }) => cellOf(valuesAt(path, object))));
  return headers ? [columns.map(({ header }) => header), ...rows] : rows;
}

function cellOf(values: readonly unknown[]): string {
  if (values.length === 0) return '<none>';
  return values.map((value) => (value === null ? '<none>' : typeof value === 'string' ? value : goText(value))).join(',');
}

/** As Go prints a map or a list: `map[app:web]`, `[a b]`. */
function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : kubeLine(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, inner]) => `${key}:${goText(inner)}`).join(' ')}]`;
}

/** At commas that are in no brackets. */
function splitOutside(text: string, by: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    depth += '[({'.includes(letter) ? 1 : '])}'.includes(letter) ? -1 : 0;
    if (letter === by && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${letter}`);
  }
  return parts;
}

function wrong(message: string): AppError {
  return new AppError('VALIDATION_ERROR', message, { hint: 'Write columns as NAME:.metadata.name,IMAGE:.spec.containers[*].image.' });
}
