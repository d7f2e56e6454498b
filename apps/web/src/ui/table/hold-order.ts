/** What a table shows of a live list: `order[i]` is the row at `offset + i` of `total`. */
export interface ListedRows<Item> {
  order: readonly string[];
  rows: ReadonlyMap<string, Item>;
  offset: number;
  total: number;
  /** Changes when the reader asked for another list (scrolled, sorted, filtered), not when the list changed by itself. */
  generation: string | number;
}

export interface HeldRows<Item> extends ListedRows<Item> {
  /** Rows that are kept on screen though they are gone. */
  gone: ReadonlySet<string>;
  /** Rows that have just left, and are shown a little longer. */
  leaving: ReadonlySet<string>;
  /** Changes of the order that wait to be let go. */
  waiting: number;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * The list as it stood when the pointer came in, with the cells of now: nothing moves under the cursor. A list of
 * another generation is always shown, and so is the first row of an empty one: to say "nothing" would be wrong.
 */
export function holdOrder<Item>(frozen: ListedRows<Item> | null, live: ListedRows<Item>): HeldRows<Item> {
  if (frozen === null || frozen.total === 0 || frozen.generation !== live.generation) return { ...live, gone: nothing, leaving: nothing, waiting: 0 };
  const before = new Set(frozen.order);
  const gone = new Set(frozen.order.filter((key) => !live.rows.has(key)));
  const arrived = live.order.filter((key) => !before.has(key)).length;
  const moved = gone.size === 0 && arrived === 0 ? frozen.order.filter((key, index) => live.order[index] !== key).length : 0;
  const rows = new Map<string, Item>();
  for (const key of frozen.order) {
    const row = live.rows.get(key) ?? frozen.rows.get(key);
    if (row !== undefined) rows.set(key, row);
  }
  return { ...frozen, rows, gone, leaving: nothing, waiting: gone.size + arrived + moved };
}
