import { Lexer, type Token, type Tokens } from 'marked';
import type { Align, Block, ListItem, TableCell } from './block.ts';
import { deepest, isKnown, readInline } from './read-inline.ts';

/** A block with the text that it was read from, by which it is known again. */
export interface ReadBlock {
  raw: string;
  block: Block;
}

/** Reads GitHub's Markdown. Pure; what can't be read is a paragraph of its text. */
export function readBlocks(text: string): ReadBlock[] {
  return lex(plainText(text)).flatMap((token) => blocksOf(token, 0).map((block) => ({ raw: token.raw, block })));
}

/** The pieces of a plain text, which together are all of it. */
export function lex(text: string): readonly Token[] {
  try {
    return Lexer.lex(text, { gfm: true });
  } catch (thrown) {
    // Quotes in quotes in quotes, until there is no room left: nothing that anybody wanted to say.
    if (!(thrown instanceof RangeError || thrown instanceof Error)) throw thrown;
    return [{ type: 'unread', raw: text }];
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** Escape sequences of terminals, and other controls, show nothing and mean nothing here. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(escapes, '').replace(controls, '');
}

export function blocksOf(token: Token, depth: number): Block[] {
  if (!isKnown(token) || depth > deepest) return [{ type: 'paragraph', children: [{ type: 'text', text: token.raw }] }];
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return [];
    case 'heading':
      return [{ type: 'heading', level: token.depth, children: readInline(token.tokens, depth) }];
    case 'code':
      return [{ type: 'code', language: languageOf(token.lang), text: token.text, closed: isClosed(token) }];
    case 'blockquote':
      return [{ type: 'quote', children: token.tokens.flatMap((inner) => blocksOf(inner, depth + 1)) }];
    case 'list':
      return [listOf(token, depth)];
    case 'table':
      return [{ type: 'table', header: cellsOf(token.header, depth), rows: token.rows.map((row) => cellsOf(row, depth)) }];
    case 'hr':
      return [{ type: 'rule' }];
    case 'paragraph':
      return [{ type: 'paragraph', children: readInline(token.tokens, depth) }];
    default:
      return [{ type: 'paragraph', children: readInline([token], depth) }];
  }
}

function listOf({ ordered, start, items }: Tokens.List, depth: number): Block {
  const read = items.map(({ task, checked, tokens }): ListItem => {
    const isTask = task && checked !== undefined;
    return { done: isTask ? checked : null, children: tokens.flatMap((inner) => blocksOf(inner, depth + 1)) };
  });
  return { type: 'list', ordered, start: start === '' ? 1 : start, items: read };
}

function cellsOf(cells: readonly Tokens.TableCell[], depth: number): TableCell[] {
  return cells.map(({ align, tokens }) => ({ align: alignOf(align), children: readInline(tokens, depth) }));
}

function alignOf(align: string | null): Align {
  return align === 'left' || align === 'center' || align === 'right' ? align : null;
}

const languageOf = (lang: string | undefined): string => /^[\w+#.-]{1,30}/.exec(lang ?? '')?.[0].toLowerCase() ?? '';

/** A fence whose end has not come yet is a block all the same. One that is indented has no fence. */
function isClosed({ raw }: Tokens.Code): boolean {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1];
  if (fence === undefined) return true;
  const last = raw.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return raw.trimEnd().includes('\n') && last.startsWith(fence) && last.replaceAll(fence.charAt(0), '') === '';
}
