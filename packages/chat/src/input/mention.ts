/** An `@` that is being typed: what stands after it, and where it begins. */
export interface Mention {
  typed: string;
  from: number;
}

/** The mention that the cursor is in; null where it is in none. One in the middle of a word (an address) is none. */
export function mentionAt(text: string, cursor: number): Mention | null {
  const found = /(?:^|\s)@([\w./:-]{0,100})$/.exec(text.slice(0, cursor));
  return found === null ? null : { typed: found[1] ?? '', from: cursor - (found[1] ?? '').length - 1 };
}

/** The text with a name in the place of the mention, and where the cursor is then. */
export function withMention(text: string, { from, typed }: Mention, name: string): { text: string; cursor: number } {
  const after = text.slice(from + typed.length + 1);
  const put = `${name}${after.startsWith(' ') ? '' : ' '}`;
  return { text: text.slice(0, from) + put + after, cursor: from + name.length + 1 };
}
