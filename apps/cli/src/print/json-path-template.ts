import { type JsonPath, parseJsonPath, valuesAt } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { kubeLine } from './kube-text.ts';

type Part =
  | { type: 'text'; text: string }
  | { type: 'path'; path: JsonPath; fromRoot: boolean }
  | { type: 'range'; path: JsonPath; fromRoot: boolean; body: Part[] };

/** `{range .items[*]}{.metadata.name}{"\n"}{end}`, as kubectl takes it (k8s.io/client-go/util/jsonpath). */
export type JsonPathTemplate = (root: unknown) => string;

/** Throws VALIDATION_ERROR that says which part can't be read. */
export function jsonPathTemplate(text: string): JsonPathTemplate {
  const { parts, closed } = parseParts(text, 0);
  if (closed) throw wrong(text, '{end} closes nothing');
  return (root) => render(parts, root, root);
}

/** A path without the braces: of a column, of an order. `metadata.name`, `.metadata.name`, `{.metadata.name}`. */
export function relaxedPath(text: string): JsonPath {
  const inner = text.trim().replace(/^\{(.*)\}$/, '$1');
  const path = parseJsonPath(/^[.[$@]/.test(inner) ? inner : `.${inner}`);
  if (path === null) throw wrong(text, `${inner} is no path`);
  return path;
}

/** Up to the end, or to the `{end}` that closes what was begun. */
function parseParts(text: string, from: number): { parts: Part[]; at: number; closed: boolean } {
  const parts: Part[] = [];
  let at = from;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    if (open < 0) return { parts: [...parts, { type: 'text', text: text.slice(at) }], at: text.length, closed: false };
    if (open > at) parts.push({ type: 'text', text: text.slice(at, open) });
    const close = closingBrace(text, open);
    const inner = text.slice(open + 1, close).trim();
    at = close + 1;
    if (inner === 'end') return { parts, at, closed: true };
    if (!/^range\b/.test(inner)) {
      parts.push(...actionParts(inner, text));
      continue;
    }
    const body = parseParts(text, at);
    if (!body.closed) throw wrong(text, '{range} is not closed with {end}');
    parts.push({ type: 'range', ...pathOf(inner.replace(/^range\s*/, ''), text), body: body.parts });
    at = body.at;
  }
  return { parts, at, closed: false };
}

/** Quoted text and paths stand beside each other within one pair of braces. */
function actionParts(inner: string, template: string): Part[] {
  const words = inner.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\[(?:\?\((?:"[^"]*"|'[^']*'|[^)])*\)|[^\]])*\]|[^\s"'])+/g) ?? [];
  return words.map((word): Part => {
    if (/^["']/.test(word)) return { type: 'text', text: unquoted(word) };
    return { type: 'path', ...pathOf(word, template) };
  });
}

function pathOf(text: string, template: string): { path: JsonPath; fromRoot: boolean } {
  const fromRoot = text.startsWith('$');
  const path = parseJsonPath(text.replace(/^[$@]/, ''));
  if (path === null || !/^[.[$@]/.test(text)) throw wrong(template, `{${text}} is no path`);
  return { path, fromRoot };
}

function unquoted(word: string): string {
  return word.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter);
}

function closingBrace(text: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (quote !== '' && letter === '\\') at += 1;
    else if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '}') return at;
  }
  throw wrong(text, 'a brace is not closed');
}

function render(parts: readonly Part[], root: unknown, current: unknown): string {
  return parts
    .map((part) => {
      if (part.type === 'text') return part.text;
      const values = valuesAt(part.path, part.fromRoot ? root : current);
      if (part.type === 'path') return values.map(shown).join(' ');
      return values.map((value) => render(part.body, root, value)).join('');
    })
    .join('');
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : kubeLine(value);
}

function wrong(template: string, what: string): AppError {
  return new AppError('VALIDATION_ERROR', `The JSONPath template ${template} can't be read: ${what}.`, {
    hint: 'Write it as {.items[*].metadata.name}, or {range .items[*]}{.metadata.name}{"\\n"}{end}.',
  });
}
