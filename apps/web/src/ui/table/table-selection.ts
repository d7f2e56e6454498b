/** How a table lets its rows be chosen. */
export interface TableSelection<Item> {
  size: number;
  /** Whether all that match are chosen. */
  all: boolean;
  has(key: string): boolean;
  /** What the row's checkbox is about, for who can't see the row. */
  nameOf(item: Item): string;
  toggle(item: Item): void;
  /** A range is about to be drawn: what is chosen stays, however far it goes. */
  begin(): void;
  /** The rows from `offset` on, as far as they have arrived; those that have not are undefined. */
  extend(offset: number, rows: readonly (Item | undefined)[]): void;
  selectAll(): void;
  clear(): void;
}
