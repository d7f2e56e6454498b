/** Rows that somebody chose, by their keys: they stay chosen when they move, change, or leave the window. */
export interface RowSelection<Item> {
  items: ReadonlyMap<string, Item>;
  /** What was chosen before the range that is being drawn: drawing it back gives those rows free again. */
  base: ReadonlyMap<string, Item>;
}

export function emptySelection<Item>(): RowSelection<Item> {
  const none = new Map<string, Item>();
  return { items: none, base: none };
}

export function toggled<Item>({ items }: RowSelection<Item>, key: string, item: Item): RowSelection<Item> {
  const next = new Map(items);
  if (!next.delete(key)) next.set(key, item);
  return { items: next, base: next };
}

/** A range begins: what is chosen now stays whatever becomes of it. */
export function anchored<Item>(selection: RowSelection<Item>): RowSelection<Item> {
  return selection.base === selection.items ? selection : { items: selection.items, base: selection.items };
}

/** The range as it is drawn now, on top of what was chosen before. */
export function ranged<Item>({ base }: RowSelection<Item>, range: Iterable<readonly [string, Item]>): RowSelection<Item> {
  return { items: new Map([...base, ...range]), base };
}

/** Exactly these. */
export function chosen<Item>(entries: Iterable<readonly [string, Item]>): RowSelection<Item> {
  const items = new Map(entries);
  return { items, base: items };
}

/** The same rows as they are now, where they are known; the same selection where none is another. */
export function refreshed<Item>(selection: RowSelection<Item>, rows: ReadonlyMap<string, Item>): RowSelection<Item> {
  let items: Map<string, Item> | null = null;
  for (const [key, item] of rows) {
    if (!selection.items.has(key) || selection.items.get(key) === item) continue;
    items ??= new Map(selection.items);
    items.set(key, item);
  }
  return items === null ? selection : { items, base: selection.base };
}

export function without<Item>({ items, base }: RowSelection<Item>, keys: ReadonlySet<string>): RowSelection<Item> {
  const rest = (all: ReadonlyMap<string, Item>) => new Map([...all].filter(([key]) => !keys.has(key)));
  const left = rest(items);
  return { items: left, base: base === items ? left : rest(base) };
}
