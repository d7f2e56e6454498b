/** A terminal of the page into which a text can be put. */
export interface ActiveTerminal {
  /** Whether it is the page's to type there, and a shell is to be typed to: none that asks for a password. */
  ready(): boolean;
  /** Puts the text at the prompt, and brings the terminal into sight. It is not run. */
  insert(text: string): void;
}

/** The one that had the keyboard last comes last. */
const terminals = new Set<ActiveTerminal>();
/** What waits for the terminal of a pane to begin, by the pane's id. */
const waiting = new Map<string, string>();

/** Returns what takes it away again. */
export function addActiveTerminal(terminal: ActiveTerminal): () => void {
  terminals.add(terminal);
  return () => terminals.delete(terminal);
}

export function touchActiveTerminal(terminal: ActiveTerminal): void {
  if (terminals.delete(terminal)) terminals.add(terminal);
}

/** False where there is none. */
export function insertIntoLast(text: string): boolean {
  const last = [...terminals].findLast((terminal) => terminal.ready());
  last?.insert(text);
  return last !== undefined;
}

/** For the terminal of a pane that is about to be. */
export function insertLater(pane: string, text: string): void {
  waiting.set(pane, text);
}

/** What was to be put into the terminal of the pane; once. */
export function takeInsertion(pane: string): string | undefined {
  const text = waiting.get(pane);
  waiting.delete(pane);
  return text;
}
