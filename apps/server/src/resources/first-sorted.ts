/**
 * The first `count` items of the sorted list, without sorting the rest: a window shows two hundred of thirty thousand
 * rows, and is cut anew with every change.
 */
export function firstSorted<T>(items: readonly T[], order: (a: T, b: T) => number, count: number): T[] {
  if (count * 4 >= items.length) return items.toSorted(order).slice(0, count);
  const first: T[] = [];
  for (const item of items) {
    const last = first.at(-1);
    if (first.length === count && last !== undefined && order(item, last) >= 0) continue;
    first.splice(placeOf(item, first, order), 0, item);
    if (first.length > count) first.pop();
  }
  return first;
}

/** Behind all that are not greater, so that equal items keep their order. */
function placeOf<T>(item: T, sorted: readonly T[], order: (a: T, b: T) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other !== undefined && order(item, other) >= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
