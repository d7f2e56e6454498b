/** Text that comes in pieces, cut anywhere, with names in place of aliases. */
export interface NameOpener {
  push(piece: string): string;
  /** What was kept back. */
  end(): string;
}

/** What stands between a conversation and a model: what goes out is sealed, what comes in is opened. */
export interface TurnPrivacy {
  /** Text as it may leave: without secrets, with aliases in place of names that are not to leave. */
  seal(text: string): string;
  /** The same for what a tool gives, by the places that values stand at. */
  sealValue(value: unknown): unknown;
  open(text: string): string;
  opener(): NameOpener;
}
