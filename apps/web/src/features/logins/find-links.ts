export interface TextPart {
  text: string;
  /** Where it leads; null for plain text. */
  href: string | null;
}

const address = /(https?:\/\/[^\s\p{C}<>"'`]+)/iu;
/** Ends the sentence, not the address. */
const sentenceEnd = /[.,;:!?)\]}]+$/;

/** A text of a program in parts, the addresses of web pages apart. Whatever else looks like an address stays text. */
export function findLinks(text: string): TextPart[] {
  return text
    .split(address)
    .flatMap((part, index) => (index % 2 === 0 ? [{ text: part, href: null }] : linkOf(part)))
    .filter((part) => part.text !== '');
}

function linkOf(found: string): TextPart[] {
  const text = found.replace(sentenceEnd, '');
  const url = URL.parse(text);
  // A name before the host makes it look like another host.
  const href = url === null || url.username !== '' || url.password !== '' ? null : url.href;
  return [
    { text, href },
    { text: found.slice(text.length), href: null },
  ];
}
