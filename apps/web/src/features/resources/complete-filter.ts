import type { CellValues, Column } from '@quarterdeck/contract';
import type { Suggestion } from '../../ui/search-box.tsx';

/** What stands at the caret, and what could stand there in its place. `from` to before `to` is what would be replaced. */
export interface Place {
  from: number;
  to: number;
  typed: string;
  wants: { what: 'term' } | { what: 'value'; column: string } | { what: 'bound'; column: string } | { what: 'labels' } | { what: 'label'; label: string };
}

const labelsForm = /(?:^|\s)!?-l\s+(?:"([^"]*)|'([^']*)|([^\s"']*))$/;
const fieldForm = /^!?([A-Za-z][\w-]*):(.*)$/s;
const compareForm = /^!?([A-Za-z][\w-]*)(?:>=|<=|>|<)(.*)$/s;

/** The place that somebody types at; null in a regular expression, and where nothing could be offered. */
export function placeAt(text: string, caret: number): Place | null {
  const before = text.slice(0, caret);
  const labels = labelsForm.exec(before);
  if (labels !== null) return labelPlace(labels[1] ?? labels[2] ?? labels[3] ?? '', caret);
  const start = termStart(before);
  const term = before.slice(start);
  if (/^!?\//.test(term) || /(^|\s)!?-f\s+\S*$/.test(before)) return null;
  const [, column, value] = fieldForm.exec(term) ?? [];
  if (column !== undefined && value !== undefined)
    return { from: caret - value.length, to: caret, typed: value.replace(/^["']/, ''), wants: { what: 'value', column } };
  const [, compared, bound] = compareForm.exec(term) ?? [];
  if (compared !== undefined && bound !== undefined) return { from: caret - bound.length, to: caret, typed: bound, wants: { what: 'bound', column: compared } };
  const typed = term.replace(/^!/, '');
  return { from: caret - typed.length, to: caret, typed, wants: { what: 'term' } };
}

/** In `app=web,tier=` the last requirement is typed. */
function labelPlace(selector: string, caret: number): Place {
  const last = selector.slice(selector.lastIndexOf(',') + 1).replace(/^!/, '');
  const [, label, value] = /^([^=!]+)(?:==|!=|=)(.*)$/.exec(last) ?? [];
  if (label === undefined || value === undefined) return { from: caret - last.length, to: caret, typed: last, wants: { what: 'labels' } };
  return { from: caret - value.length, to: caret, typed: value, wants: { what: 'label', label } };
}

/** Behind the last space that stands in no quotes. */
function termStart(before: string): number {
  let start = 0;
  let quote: string | null = null;
  for (let at = 0; at < before.length; at += 1) {
    const letter = before.charAt(at);
    if (quote !== null) quote = letter === quote ? null : quote;
    else if ((letter === '"' || letter === "'") && (at === start || before[at - 1] === ':')) quote = letter;
    else if (/\s/.test(letter)) start = at + 1;
  }
  return start;
}

/** What the server is asked for the values of; null where it has none to offer. */
export function valuesWanted({ wants }: Place, columns: readonly Column[]): string | null {
  if (wants.what === 'labels') return 'labels';
  if (wants.what === 'label') return `label:${wants.label}`;
  return wants.what === 'value' ? (columnOf(wants.column, columns)?.id ?? null) : null;
}

function columnOf(name: string, columns: readonly Column[]): Column | undefined {
  const id = name.toLowerCase() === 'ns' ? 'namespace' : name.toLowerCase();
  return columns.find((column) => column.id.toLowerCase() === id);
}

/** What the parts of the grammar mean, in the reader's language. */
export interface FilterWords {
  labels: string;
  fuzzy: string;
  faulty: string;
  column: string;
  atLeast: string;
}

const most = 12;
const bounds: Partial<Record<Column['type'], readonly string[]>> = { time: ['5m', '1h', '1d', '7d'], quantity: ['1Gi', '10Gi', '100Gi'] };

/** What could stand at a place, the likeliest first. */
export function suggestionsFor(place: Place, columns: readonly Column[], { values }: CellValues, words: FilterWords): Suggestion[] {
  const { from, to, typed, wants } = place;
  const at = (text: string, insert: string, note?: string): Suggestion => ({ text, insert, from, to, ...(note === undefined ? {} : { note }) });
  // The server's answer may be the one to fewer letters.
  const fitting = values.filter(({ value }) => value.toLowerCase().includes(typed.toLowerCase()));
  const counted = (end: string) =>
    fitting.map(({ value, count }) => at(value, `${wants.what === 'value' ? quoted(value) : value}${end}`, count > 1 ? `${count}` : undefined));
  if (wants.what === 'term') return termSuggestions(typed, columns, words, at).slice(0, most);
  if (wants.what === 'bound')
    return (bounds[columnOf(wants.column, columns)?.type ?? 'text'] ?? []).filter((bound) => bound.startsWith(typed)).map((bound) => at(bound, `${bound} `));
  if (wants.what === 'labels') return counted('=').slice(0, most);
  if (wants.what === 'label') return counted(' ').slice(0, most);
  const isStatus = columnOf(wants.column, columns)?.type === 'status';
  const faulty = isStatus && 'faulty'.startsWith(typed.toLowerCase()) ? [at('faulty', 'faulty ', words.faulty)] : [];
  return [...faulty, ...counted(' ')].slice(0, most);
}

type Make = (text: string, insert: string, note?: string) => Suggestion;

function termSuggestions(typed: string, columns: readonly Column[], words: FilterWords, at: Make): Suggestion[] {
  const wanted = typed.toLowerCase();
  const fits = (text: string) => text.toLowerCase().startsWith(wanted) && text !== typed;
  const ordered = new Set<Column['type']>(['number', 'time', 'quantity']);
  const ofColumns = columns
    .filter(({ id }) => !id.startsWith('label:'))
    .map(({ id, label, type }) =>
      ordered.has(type) ? at(`${id}>`, `${id}>`, `${words.atLeast} ${label}`) : at(`${id}:`, `${id}:`, `${words.column} ${label}`),
    );
  const options = [at('-l', '-l ', words.labels), at('-f', '-f ', words.fuzzy), at('status:faulty', 'status:faulty ', words.faulty)];
  return [...ofColumns, ...options].filter(({ text }) => fits(text));
}

/** As the grammar takes it for one value. */
function quoted(value: string): string {
  return /[\s"']/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}

const faultyForm = /(^|\s)status:faulty(?=\s|$)/;

export function showsFaultsOnly(filter: string): boolean {
  return faultyForm.test(filter);
}

/** The filter with what shows faulty objects alone, or without it. */
export function withFaultsOnly(filter: string, only: boolean): string {
  const rest = filter.replace(faultyForm, ' ').replace(/\s+/g, ' ').trim();
  return only ? `${rest} status:faulty`.trim() : rest;
}
