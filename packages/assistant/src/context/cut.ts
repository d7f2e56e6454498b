import type { ContextSection } from '../sources/context-source.ts';
import { cutLog } from './cut-log.ts';
import { cutStructure } from './cut-structure.ts';
import { cutTable } from './cut-table.ts';
import { cutText } from './cut-text.ts';

/** What is left of a text, and what is not: `182 of 200 lines`; null where nothing was cut. */
export interface CutText {
  text: string;
  left: string | null;
}

/** A text of at most so many characters, cut as its form asks for. */
export function cut(form: ContextSection['form'], text: string, room: number): CutText {
  if (text.length <= room) return { text, left: null };
  switch (form) {
    case 'log':
      return cutLog(text, room);
    case 'table':
      return cutTable(text, room);
    case 'text':
      return cutText(text, room);
    default:
      return cutStructure(text, form, room) ?? cutText(text, room);
  }
}

/** Counts the tokens of a text. */
export type TokenCounter = (text: string) => number;

const longest = 3_000;
const piece = 700;

/** About how many tokens a text has: of a long one three pieces are counted, as that takes long and it will be cut in any case. */
export function aboutTokens(text: string, count: TokenCounter): number {
  if (text.length <= longest) return count(text);
  const middle = Math.floor((text.length - piece) / 2);
  const pieces = [0, middle, text.length - piece].map((at) => count(text.slice(at, at + piece)));
  return Math.ceil((pieces.reduce((sum, tokens) => sum + tokens, 0) * text.length) / (3 * piece));
}

/** A text of at most so many tokens. Tokens are counted a few times only: that takes longer than cutting. */
export function cutToTokens(
  { form, text }: Pick<ContextSection, 'form' | 'text'>,
  { tokens, full }: { tokens: number; full: number },
  count: TokenCounter,
): CountedText {
  if (tokens <= 0) return nothing;
  let room = full <= tokens ? text.length : Math.floor((text.length * tokens) / full);
  for (let attempt = 0; attempt < 6; attempt++) {
    const result = cut(form, text, room);
    const used = count(result.text);
    if (used <= tokens) return { ...result, tokens: used };
    room = Math.floor(room * (tokens / used) * 0.95);
  }
  return nothing;
}

export interface CountedText extends CutText {
  tokens: number;
}

const nothing: CountedText = { text: '', left: 'all of it', tokens: 0 };
