import { type Hue, type StyledText, styledText, type TextStyle } from './ansi.ts';
import type { LogLine } from './log-line.ts';

/** The colours that a program asked for, as this theme has them. */
const hues: Record<Hue, string> = {
  black: 'text-soft',
  red: 'text-critical',
  green: 'text-healthy',
  yellow: 'text-medium',
  blue: 'text-accent',
  magenta: 'text-series-4',
  cyan: 'text-pending',
  white: '',
};

interface Piece extends StyledText {
  hit: boolean;
}

/** A line in its own colours, with what is looked for marked. */
export function LineText({ text, coloured, find }: { text: string; coloured: string | null; find: string }) {
  if (coloured === null && find === '') return text;
  const pieces = marked(coloured === null ? [{ text, style: null }] : styledText(coloured), hitsOf(text, find));
  let at = 0;
  return pieces.map((piece) => {
    const key = at;
    at += piece.text.length;
    const look = piece.style === null ? '' : lookOf(piece.style);
    if (piece.hit) return <mark key={key}>{piece.text}</mark>;
    return look === '' ? (
      piece.text
    ) : (
      <span key={key} className={look}>
        {piece.text}
      </span>
    );
  });
}

function lookOf({ hue, bold, faint, underline }: TextStyle): string {
  return [hue === null ? '' : hues[hue], bold ? 'font-semibold' : '', faint ? 'text-soft' : '', underline ? 'underline' : '']
    .filter((name) => name !== '')
    .join(' ');
}

/** Start and end of each place that says the text, in any case. */
function hitsOf(text: string, find: string): [number, number][] {
  if (find === '') return [];
  const hits: [number, number][] = [];
  const [where, what] = [text.toLowerCase(), find.toLowerCase()];
  for (let at = where.indexOf(what); at >= 0 && hits.length < 200; at = where.indexOf(what, at + what.length)) hits.push([at, at + what.length]);
  return hits;
}

type Unmarked = { text: string; style: TextStyle | null };

/** The pieces cut where a hit begins or ends. */
function marked(pieces: readonly Unmarked[], hits: readonly [number, number][]): (Omit<Piece, 'style'> & Unmarked)[] {
  const cuts = hits.flat();
  let start = 0;
  return pieces.flatMap(({ text, style }) => {
    const from = start;
    start += text.length;
    const inside = [from, ...cuts.filter((cut) => cut > from && cut < from + text.length), from + text.length];
    return inside.slice(1).map((end, index) => {
      const begin = inside[index] ?? from;
      return { text: text.slice(begin - from, end - from), style, hit: hits.some(([first, last]) => begin >= first && end <= last) };
    });
  });
}

/** Of a longer line only so much is drawn, until somebody asks for all of it. Characters. */
export const mostShown = 4_000;

/** What a row shows of its line. */
export function shownPart({ text, coloured }: Pick<LogLine, 'text' | 'coloured'>, whole: boolean): { text: string; coloured: string | null; left: number } {
  if (whole || text.length <= mostShown) return { text, coloured, left: 0 };
  return { text: text.slice(0, mostShown), coloured: null, left: text.length - mostShown };
}
