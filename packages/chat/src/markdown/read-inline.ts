import type { MarkedToken, Token } from 'marked';
import type { Inline } from './block.ts';

/** Deeper than any text that means it. */
export const deepest = 24;

const known: ReadonlySet<string> = new Set([
  ...['space', 'code', 'heading', 'table', 'hr', 'blockquote', 'list', 'list_item', 'paragraph', 'html', 'def', 'text', 'checkbox'],
  ...['escape', 'link', 'image', 'strong', 'em', 'codespan', 'br', 'del'],
]);

export function isKnown(token: Token): token is MarkedToken {
  return known.has(token.type);
}

export function readInline(tokens: readonly Token[], depth: number): Inline[] {
  return joined(tokens.flatMap((token) => inlineOf(token, depth)));
}

function inlineOf(token: Token, depth: number): Inline[] {
  if (!isKnown(token) || depth > deepest) return [{ type: 'text', text: token.raw }];
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? [{ type: 'text', text: withoutEntities(token.text) }] : readInline(token.tokens, depth + 1);
    case 'escape':
      return [{ type: 'text', text: token.text }];
    case 'codespan':
      return [{ type: 'code', text: token.text }];
    case 'br':
      return [{ type: 'break' }];
    case 'strong':
      return [{ type: 'strong', children: readInline(token.tokens, depth + 1) }];
    case 'em':
      return [{ type: 'emphasis', children: readInline(token.tokens, depth + 1) }];
    case 'del':
      return [{ type: 'deleted', children: readInline(token.tokens, depth + 1) }];
    case 'link':
      return linkTo(token.href, readInline(token.tokens, depth + 1));
    // Whoever wants to see it opens it: a picture that loads by itself tells others that somebody reads.
    case 'image':
      return linkTo(token.href, [{ type: 'text', text: token.text === '' ? token.href : withoutEntities(token.text) }]);
    default:
      return [{ type: 'text', text: token.raw }];
  }
}

/** To the web alone: what else an address can begin with runs something. */
function linkTo(href: string, children: readonly Inline[]): Inline[] {
  if (URL.canParse(href) && /^https?:$/.test(new URL(href).protocol)) return [{ type: 'link', href: new URL(href).href, children }];
  return [
    ...children,
    ...(href === '' || children.some((child) => child.type === 'text' && child.text === href) ? [] : [{ type: 'text' as const, text: ` (${href})` }]),
  ];
}

function joined(pieces: readonly Inline[]): Inline[] {
  const all: Inline[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (piece.type === 'text' && last?.type === 'text') all[all.length - 1] = { type: 'text', text: last.text + piece.text };
    else all.push(piece);
  }
  return all;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…', ndash: '–', mdash: '—' };

function withoutEntities(text: string): string {
  return text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) =>
    name.startsWith('#') ? (characterOf(name.slice(1)) ?? whole) : (entities[name] ?? whole),
  );
}

function characterOf(number: string): string | null {
  const code = /^x/i.test(number) ? Number.parseInt(number.slice(1), 16) : Number.parseInt(number, 10);
  return Number.isInteger(code) && code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
