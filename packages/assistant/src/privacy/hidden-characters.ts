import { stripVTControlCharacters } from 'node:util';

/** Format characters (zero-width and bidirectional marks, tags) and control characters, but tab and line feed. */
const unseen = /(?![\t\n])[\p{Cc}\p{Cf}]/gu;
/** Variation selectors and fillers: they have no form of their own, and a message can be spelled with them. */
const formless = /\p{Default_Ignorable_Code_Point}/gu;

/** A text as a person sees it: without colours, and without characters that can't be seen. */
export function withoutHiddenCharacters(text: string): string {
  const bare = text.includes('\u001b') || text.includes('\u009b') ? stripVTControlCharacters(text) : text;
  return bare.replaceAll('\r\n', '\n').replace(unseen, '').replace(formless, '');
}
