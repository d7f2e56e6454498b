import { sessionFacts, type TerminalEvent, type TerminalSession } from '@quarterdeck/contract';

/** Characters that titles show. */
const longestTitle = 256;

/** What is known of a session; everything but its output. */
export class SessionRecord {
  private facts: TerminalSession;
  private readonly onChanged: () => void;

  constructor(facts: TerminalSession, onChanged: () => void) {
    this.facts = facts;
    this.onChanged = onChanged;
  }

  get value(): TerminalSession {
    return this.facts;
  }

  /** Whoever lists the sessions is told. */
  set(change: Partial<TerminalSession>): void {
    this.facts = { ...this.facts, ...change };
    this.onChanged();
  }

  /** What an event says of the session. */
  learn(event: TerminalEvent): void {
    const change = sessionFacts(event);
    if (change !== null) this.set(change);
  }
}

/** A title as it may be shown: programs, and whatever they print, choose it. Null for an empty one. */
export function shownTitle(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out, with marks that turn text around.
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '').trim();
  return plain === '' ? null : plain.slice(0, longestTitle);
}

/** Bytes of text that a program may put on the clipboard. */
const largestClip = 75 * 1024;

/** What OSC 52 wants on the clipboard; null for what is not taken: questions (nothing is ever read) and too much. */
export function clipboardText(data: string): string | null {
  const content = data.slice(data.indexOf(';') + 1);
  if (content === '?' || content.length > (largestClip * 4) / 3 + 4 || !/^[A-Za-z0-9+/]+=*$/.test(content)) return null;
  return Buffer.from(content, 'base64').toString('utf8');
}
