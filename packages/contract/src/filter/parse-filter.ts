import type { Comparison, Filter, FilterTerm } from './filter-ast.ts';
import { filterError } from './filter-error.ts';
import { readLabelSelector } from './label-selector.ts';

const regexForm = /\/((?:\\.|[^/\\])+)\/(?=\s|$)/y;
const fieldForm = /([A-Za-z][\w-]*):/y;
const compareForm = /([A-Za-z][\w-]*)(>=|<=|>|<)/y;
const optionForm = /-([lf])(?:\s+|(?=["'])|$)/y;
/** Up to a space; quoted parts may have some. */
const textForm = /(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'])+/y;

/**
 * The filter of the tables: terms separated by spaces, all of which must hold. Case never matters.
 *
 * `word` in any cell, `"two words"` · `/regex/` matches a cell · `!term` not · `-l app=web,tier in (a,b),!old` labels ·
 * `-f text` the letters in this order · `status:x`, `status:faulty`, `ns:x`, `name:x`, `node:x`, any `column:x` · `age>1h`,
 * `restarts>=3`, `cpu<500m` for numbers, times and quantities.
 *
 * Throws VALIDATION_ERROR with `details.start` and `details.end` where it can't be read.
 */
export function parseFilter(text: string): Filter {
  const terms: FilterTerm[] = [];
  for (let at = skipSpace(text, 0); at < text.length; ) {
    const term = readTerm(text, at);
    terms.push(term);
    at = skipSpace(text, term.end);
  }
  return { terms };
}

function readTerm(text: string, start: number): FilterTerm {
  if (text[start] === '!' && /\S/.test(text[start + 1] ?? '')) {
    const term = readTerm(text, start + 1);
    return { type: 'not', term, start, end: term.end };
  }
  return readRegex(text, start) ?? readOption(text, start) ?? readField(text, start) ?? readWord(text, start);
}

function readRegex(text: string, start: number): FilterTerm | null {
  const source = matchAt(regexForm, text, start)?.[1];
  if (source === undefined) return null;
  const end = regexForm.lastIndex;
  try {
    new RegExp(source, 'i');
  } catch (cause) {
    throw filterError(`/${source}/ is no regular expression.`, 'Close its brackets, or leave out the slashes to search for the text.', { start, end }, cause);
  }
  return { type: 'regex', source, start, end };
}

function readOption(text: string, start: number): FilterTerm | null {
  const option = matchAt(optionForm, text, start)?.[1];
  if (option === undefined) return null;
  const at = optionForm.lastIndex;
  if (option === 'l') return readLabels(text, start, at);
  const value = readText(text, at);
  if (value === null) throw filterError('-f needs a text.', 'Write -f and the letters in their order: -f payapi', { start, end: text.length });
  return { type: 'fuzzy', text: value.text, start, end: value.end };
}

function readLabels(text: string, start: number, at: number): FilterTerm {
  const quote = text[at] === '"' || text[at] === "'" ? text[at] : null;
  const { requirements, end } = readLabelSelector(text, quote === null ? at : at + 1);
  if (quote === null) return { type: 'labels', requirements, start, end };
  if (text[end] !== quote) throw unclosed(at, text.length);
  return { type: 'labels', requirements, start, end: end + 1 };
}

function readField(text: string, start: number): FilterTerm | null {
  const column = matchAt(fieldForm, text, start)?.[1];
  const compared = column === undefined ? matchAt(compareForm, text, start) : null;
  if (column === undefined && compared === null) return null;
  const at = column === undefined ? compareForm.lastIndex : fieldForm.lastIndex;
  const value = readText(text, at);
  const end = value?.end ?? at;
  const raw = text.slice(start, end);
  if (column !== undefined) return { type: 'field', column, text: value?.text ?? '', raw, start, end };
  const [, compareColumn = '', operator = ''] = compared ?? [];
  if (value === null) throw filterError(`${raw} has nothing to compare with.`, 'Write a number, a time or a quantity behind it: age>1h', { start, end });
  return isComparison(operator) ? { type: 'compare', column: compareColumn, operator, value: value.text, raw, start, end } : null;
}

function readWord(text: string, start: number): FilterTerm {
  const value = readText(text, start);
  if (value === null) throw unclosed(start, text.length);
  return { type: 'word', text: value.text, start, end: value.end };
}

/** Null where nothing begins at `start`. A quote inside a word (`it's`) is a letter where no other closes it. */
function readText(text: string, start: number): { text: string; end: number } | null {
  const read = matchAt(textForm, text, start)?.[0];
  const end = start + (read?.length ?? 0);
  if (text[end] === '"' || text[end] === "'") {
    if (read === undefined) throw unclosed(end, text.length);
    const rest = /^\S*/.exec(text.slice(end))?.[0] ?? '';
    return { text: unquoted(read) + rest, end: end + rest.length };
  }
  return read === undefined ? null : { text: unquoted(read), end };
}

function unquoted(text: string): string {
  return text.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'/g, (_all, double?: string, single?: string) => double?.replace(/\\(.)/g, '$1') ?? single ?? '');
}

function unclosed(start: number, end: number) {
  return filterError('A quote is not closed.', 'Close it, or leave it out.', { start, end });
}

function matchAt(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (/\s/.test(text[next] ?? '')) next += 1;
  return next;
}

function isComparison(text: string): text is Comparison {
  return text === '>' || text === '>=' || text === '<' || text === '<=';
}
