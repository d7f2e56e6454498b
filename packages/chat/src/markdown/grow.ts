import { blocksOf, lex, plainText, type ReadBlock } from './read-blocks.ts';

/** A text as far as it was read: what is finished is never read again. */
export interface Grown {
  text: string;
  /** Blocks that no further text can change. */
  done: readonly ReadBlock[];
  doneLength: number;
  /** What may still change. */
  open: readonly ReadBlock[];
}

export const nothingGrown: Grown = { text: '', done: [], doneLength: 0, open: [] };

/** So many of the last pieces may still become something else: a paragraph a heading, a list a longer one. */
const unsettled = 2;

/** The same text, or a longer one that begins with it, read on; any other is read anew. Pure. */
export function grow(before: Grown, whole: string): Grown {
  const text = plainText(whole);
  if (text === before.text) return before;
  const from = text.startsWith(before.text) ? before : nothingGrown;
  const tokens = lex(text.slice(from.doneLength));
  const settled = settledCount(tokens);
  const read = tokens.map((token) => blocksOf(token, 0).map((block): ReadBlock => ({ raw: token.raw, block })));
  const done = [...from.done, ...read.slice(0, settled).flat()];
  const doneLength = from.doneLength + tokens.slice(0, settled).reduce((sum, { raw }) => sum + raw.length, 0);
  return { text, done, doneLength, open: read.slice(settled).flat() };
}

/** A reference that is defined may be used anywhere before it: then nothing is settled. */
function settledCount(tokens: readonly { type: string }[]): number {
  if (tokens.some(({ type }) => type === 'def' || type === 'unread')) return 0;
  const said = tokens.flatMap(({ type }, index) => (type === 'space' ? [] : [index]));
  return said.at(-unsettled) ?? 0;
}

/** What is being written, without the beginning of a mark whose end has not come: it would be seen and gone again. */
export function withoutHalfMarks(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  if (/^\s{0,3}(`{1,2}|~{1,2}|#{1,6}|[-*+]|\d{1,3}[.)]?|\|[\s:|-]*)$/.test(line)) return text.slice(0, text.length - line.length);
  return text.replace(/(?:\*{1,3}|_{1,3}|`|!?\[[^\]\n]{0,80}|!?\[[^\]\n]*\]\([^)\n]{0,200})$/, '');
}
