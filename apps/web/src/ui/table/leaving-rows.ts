import type { HeldRows, ListedRows } from './hold-order.ts';

/** A row that has just left the list, where it stood. */
export interface LeavingRow<Item> {
  key: string;
  item: Item;
  index: number;
}

/** How long a row that left is still shown, struck through. Milliseconds; the style sheet's fade is as long. */
export const leavingTime = 1_200;
/** When more leave at once, the list became another one: nobody would follow them. */
const mostLeaving = 20;

/** The rows that left between two states of one list. Where only a part is held, a row that is missing may only have moved. */
export function rowsThatLeft<Item>(before: ListedRows<Item> | null, after: ListedRows<Item>): LeavingRow<Item>[] {
  if (before === null || before.generation !== after.generation || !isWhole(before) || !isWhole(after)) return [];
  const left = before.order.flatMap((key, index): LeavingRow<Item>[] => {
    const item = after.rows.has(key) ? undefined : before.rows.get(key);
    return item === undefined ? [] : [{ key, item, index }];
  });
  return left.length > mostLeaving ? [] : left;
}

function isWhole({ offset, order, total }: ListedRows<unknown>): boolean {
  return offset === 0 && order.length === total;
}

/** The list with the rows that are leaving, each where it stood. */
export function withLeaving<Item>(shown: HeldRows<Item>, leaving: readonly LeavingRow<Item>[]): HeldRows<Item> {
  const away = leaving.filter(({ key }) => !shown.rows.has(key));
  if (away.length === 0) return shown;
  const order = [...shown.order];
  for (const { key, index } of away.toSorted((a, b) => a.index - b.index)) order.splice(Math.min(index, order.length), 0, key);
  const rows = new Map([...shown.rows, ...away.map(({ key, item }): [string, Item] => [key, item])]);
  const keys = new Set(away.map(({ key }) => key));
  return { ...shown, order, rows, total: shown.total + away.length, gone: new Set([...shown.gone, ...keys]), leaving: keys };
}
