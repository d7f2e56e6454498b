/** The list with one of its items elsewhere; places beyond its ends are its ends. */
export function moveItem<T>(items: readonly T[], from: number, to: number): T[] {
  const [item, ...none] = items.slice(from, from + 1);
  if (item === undefined || none.length > 0) return [...items];
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(Math.min(rest.length, Math.max(0, to)), 0, item);
}
