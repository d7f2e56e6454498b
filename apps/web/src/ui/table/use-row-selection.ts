import { useCallback, useMemo, useState } from 'react';
import { anchored, chosen, emptySelection, type RowSelection, ranged, refreshed, toggled, without } from './row-selection.ts';

export interface RowSelecting<Item> {
  items: ReadonlyMap<string, Item>;
  toggle(item: Item): void;
  /** A range begins. */
  begin(): void;
  range(items: readonly Item[]): void;
  choose(items: readonly Item[]): void;
  clear(): void;
  /** What the rows are now; those that are gone are let go. */
  follow(rows: ReadonlyMap<string, Item>, gone: ReadonlySet<string>): void;
}

/** What somebody chose of a list, kept by key. `keyOf` must be a constant. */
export function useRowSelection<Item>(keyOf: (item: Item) => string): RowSelecting<Item> {
  const [{ items }, set] = useState<RowSelection<Item>>(emptySelection);
  const entries = useCallback((all: readonly Item[]) => all.map((item): [string, Item] => [keyOf(item), item]), [keyOf]);
  const does = useMemo(
    () => ({
      toggle: (item: Item) => set((before) => toggled(before, keyOf(item), item)),
      begin: () => set(anchored),
      range: (range: readonly Item[]) => set((before) => ranged(before, entries(range))),
      choose: (all: readonly Item[]) => set(chosen(entries(all))),
      clear: () => set(emptySelection),
      follow: (rows: ReadonlyMap<string, Item>, gone: ReadonlySet<string>) =>
        set((before) => {
          const now = refreshed(before, rows);
          return gone.size === 0 ? now : without(now, gone);
        }),
    }),
    [keyOf, entries],
  );
  return { items, ...does };
}
