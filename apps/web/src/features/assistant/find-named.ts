/** An object as a sentence names it, and the words that do. */
export interface NamedInText {
  text: string;
  kind: string;
  namespace: string | null;
  name: string;
}

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const kind = '[A-Z][A-Za-z]{2,40}(?:\\.[a-z0-9.-]{1,100}[a-z0-9])?';
const name = `${label}(?:\\.${label}){0,6}`;
const alone = new RegExp(`^(${kind})[ /](?:(${label})/)?(${name})$`);
/** In a sentence a namespace must stand before the name, or any word after a kind would be one. */
const within = new RegExp(`(?<![\\w/])(${kind})[ /](${label})/(${name})(?![\\w/-])`, 'g');

/** A text that is a name and nothing else: `Deployment shop/api`, `Node node-1`. */
export function namedAlone(text: string): NamedInText | null {
  const found = alone.exec(text.trim());
  return found === null ? null : { text, kind: found[1] ?? '', namespace: found[2] ?? null, name: found[3] ?? '' };
}

/** A text in pieces: words, and what is named in them. */
export function findNamed(text: string): (string | NamedInText)[] {
  const pieces: (string | NamedInText)[] = [];
  let at = 0;
  for (const match of text.matchAll(within)) {
    pieces.push(text.slice(at, match.index), { text: match[0], kind: match[1] ?? '', namespace: match[2] ?? null, name: match[3] ?? '' });
    at = match.index + match[0].length;
  }
  return [...pieces, text.slice(at)];
}
