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

/** A text of at most so many tokens. Tokens are counted a few times only: that takes longer than cutting. */
export function cutToTokens(section: Pick<ContextSection, 'form' | 'text'>, tokens: number, count: TokenCounter, full: number): CutText {
  if (full <= tokens) return { text: section.text, left: null };
  if (tokens <= 0) return { text: '', left: 'all of it' };
  let room = Math.floor((section.text.length * tokens) / full);
  for (let attempt = 0; attempt < 6; attempt++) {
    const result = cut(section.form, section.text, room);
    const over = count(result.text) / tokens;
    if (over <= 1) return result;
    room = Math.floor((room / over) * 0.95);
  }
  return { text: '', left: 'all of it' };
}
