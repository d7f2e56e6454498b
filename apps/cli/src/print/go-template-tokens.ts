import { AppError } from '@quarterdeck/contract';

/** A word of an action, a pipe, or brackets. */
export type Word =
  | { type: 'field'; path: string[]; root: boolean }
  | { type: 'variable'; name: string; path: string[] }
  | { type: 'literal'; value: string | number | boolean | null }
  | { type: 'name'; name: string }
  | { type: 'mark'; mark: '(' | ')' | '|' | ':=' | '=' | ',' };

/** Text of the template, and what stands between `{{` and `}}`. */
export type Piece = { type: 'text'; text: string } | { type: 'action'; text: string };

export function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = [];
  let trimNext = false;
  let at = 0;
  const text = (raw: string, trimEnd: boolean) => {
    const start = trimNext ? raw.trimStart() : raw;
    const kept = trimEnd ? start.trimEnd() : start;
    if (kept !== '') pieces.push({ type: 'text', text: kept });
  };
  for (const match of template.matchAll(/\{\{(- )?((?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`])*?)( -)?\}\}/g)) {
    text(template.slice(at, match.index), match[1] !== undefined);
    const inner = (match[2] ?? '').trim();
    if (!inner.startsWith('/*')) pieces.push({ type: 'action', text: inner });
    trimNext = match[3] !== undefined;
    at = match.index + match[0].length;
  }
  if (template.indexOf('{{', at) >= 0) throw wrongTemplate(template.slice(at), 'an action is not closed with }}');
  text(template.slice(at), false);
  return pieces;
}

const wordForm = /\s+|("(?:\\.|[^"\\])*")|(`[^`]*`)|(\$\w*)((?:\.\w+)*)|((?:\.[\w]+)+|\.)|(-?\d+(?:\.\d+)?)|(:=|[()|=,])|([A-Za-z_]\w*)/y;

export function wordsOf(action: string): Word[] {
  const words: Word[] = [];
  wordForm.lastIndex = 0;
  while (wordForm.lastIndex < action.length) {
    const at = wordForm.lastIndex;
    const match = wordForm.exec(action);
    if (match === null) throw wrongTemplate(action, `"${action.slice(at)}" can't be read`);
    const word = wordOf(match);
    if (word !== null) words.push(word);
  }
  return words;
}

function wordOf([, quoted, raw, variable, below, field, number, mark, name]: RegExpExecArray): Word | null {
  if (quoted !== undefined) return { type: 'literal', value: unquoted(quoted) };
  if (raw !== undefined) return { type: 'literal', value: raw.slice(1, -1) };
  if (variable !== undefined) return { type: 'variable', name: variable, path: parts(below) };
  if (field !== undefined) return { type: 'field', path: parts(field), root: false };
  if (number !== undefined) return { type: 'literal', value: Number(number) };
  if (isMark(mark)) return { type: 'mark', mark };
  if (name === 'true' || name === 'false') return { type: 'literal', value: name === 'true' };
  if (name === 'nil') return { type: 'literal', value: null };
  return name === undefined ? null : { type: 'name', name };
}

const marks = ['(', ')', '|', ':=', '=', ','] as const;

function isMark(text: string | undefined): text is (typeof marks)[number] {
  return marks.some((mark) => mark === text);
}

function parts(path = ''): string[] {
  return path.split('.').filter((part) => part !== '');
}

function unquoted(word: string): string {
  return word.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter);
}

export function wrongTemplate(template: string, what: string): AppError {
  return new AppError('VALIDATION_ERROR', `The Go template can't be read at {{${template}}}: ${what}.`, {
    hint: 'Fields, range, if, with, variables and the functions of Go are known: {{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}.',
  });
}
