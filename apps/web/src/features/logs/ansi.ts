import { withoutAnsi } from '@quarterdeck/contract';

/** The colours of a terminal, by the name that the style sheet gives them. */
const hues = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
export type Hue = (typeof hues)[number];

export interface TextStyle {
  hue: Hue | null;
  bold: boolean;
  faint: boolean;
  underline: boolean;
}

export interface StyledText {
  text: string;
  style: TextStyle;
}

const plain: TextStyle = { hue: null, bold: false, faint: false, underline: false };
const colouring = new RegExp(`${String.fromCharCode(0x1b)}\\[([\\d;]*)m`);

/** A line in pieces of one style each. Only colour, weight and underline are taken over; all else is left out. */
export function styledText(raw: string): StyledText[] {
  const pieces: StyledText[] = [];
  let style = plain;
  for (const [index, part] of raw.split(colouring).entries()) {
    if (index % 2 === 1) style = restyled(style, part);
    else if (part !== '') pieces.push({ text: withoutAnsi(part), style });
  }
  return pieces.filter(({ text }) => text !== '');
}

function restyled(before: TextStyle, codes: string): TextStyle {
  let style = before;
  const numbers = codes.split(';').map(Number);
  for (let at = 0; at < numbers.length; at += 1) {
    const code = numbers[at] ?? 0;
    if (code === 38 || code === 48) {
      const hue = code === 38 ? extendedHue(numbers.slice(at + 1)) : style.hue;
      style = { ...style, hue };
      at += numbers[at + 1] === 2 ? 4 : 2;
    } else style = withCode(style, code);
  }
  return style;
}

function withCode(style: TextStyle, code: number): TextStyle {
  if (code === 0) return plain;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, faint: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: false, faint: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 39) return { ...style, hue: null };
  const hue = (code >= 30 && code <= 37) || (code >= 90 && code <= 97) ? hues[code % 10] : undefined;
  return hue === undefined ? style : { ...style, hue };
}

/** Of 256 or 16 million colours the nearest of the eight: only those can be read on every theme. */
function extendedHue([kind, first = 0, green = 0, blue = 0]: readonly number[]): Hue | null {
  if (kind === 2) return nearest(first, green, blue);
  if (first < 16) return hues[first % 8] ?? null;
  if (first >= 232) return first < 244 ? 'black' : 'white';
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const cube = first - 16;
  return nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function nearest(red: number, green: number, blue: number): Hue {
  const middle = (Math.max(red, green, blue) + Math.min(red, green, blue)) / 2;
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 32) return middle < 128 ? 'black' : 'white';
  const bits = Number(red > middle) + 2 * Number(green > middle) + 4 * Number(blue > middle);
  return hues[bits] ?? 'white';
}
