export interface ExactPart {
  text: string;
  /** Whether `text` stands for a character that does not show, or not as what it is. */
  escaped: boolean;
}

/**
 * What hides in a text: controls, marks of direction, characters without a shape, spaces that are none. A text with them
 * can look like another one (https://www.unicode.org/reports/tr36/).
 */
const unseen = String.raw`[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}`;
const inSentence = new RegExp(`(${unseen})`, 'u');
/** A space at an end as well. */
const alone = new RegExp(`(^ | $|${unseen})`, 'u');
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text in order, with everything in it that does not show as an escape. `place`: a part of a sentence may well end in a space. */
export function exactParts(text: string, place: 'alone' | 'inSentence'): ExactPart[] {
  return text
    .split(place === 'alone' ? alone : inSentence)
    .map((part, index) => (index % 2 === 0 ? { text: part, escaped: false } : { text: escapeOf(part), escaped: true }))
    .filter((part) => part.text !== '');
}

function escapeOf(character: string): string {
  return short[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`;
}
