import type { Column } from '@quarterdeck/contract';

const labelPrefix = 'label:';

/** `name,status,label:app` as ids; undefined where none are named. */
export function parseColumns(cols: string | undefined): string[] | undefined {
  const ids = (cols ?? '').split(',').filter((id) => id !== '');
  return ids.length === 0 ? undefined : ids;
}

/** The labels among the columns, which the server has to be asked for. */
export function labelsIn(ids: readonly string[]): string[] {
  return ids.filter((id) => id.startsWith(labelPrefix)).map((id) => id.slice(labelPrefix.length));
}

export function labelColumn(label: string): string {
  return `${labelPrefix}${label}`;
}

/** What a kind shows when nobody chose: its own columns, without those for who asks; without the namespace where there is but one. */
export function ownColumns(columns: readonly Column[], oneNamespace: boolean): string[] {
  return columns.filter(({ id, wide = false }) => !wide && !id.startsWith(labelPrefix) && !(oneNamespace && id === 'namespace')).map(({ id }) => id);
}

/** The chosen columns that there are, the name in front: a row must say what it is. */
export function chosenColumns(columns: readonly Column[], ids: readonly string[]): Column[] {
  const names = columns.filter(({ type }) => type === 'name').slice(0, 1);
  const others = ids.flatMap((id) => columns.find((column) => column.id === id && !names.includes(column)) ?? []);
  return [...names, ...new Set(others)];
}

/** The column in front of another, or last (null). */
export function moved(ids: readonly string[], id: string, before: string | null): string[] {
  if (id === before) return [...ids];
  const rest = ids.filter((each) => each !== id);
  const place = before === null ? rest.length : rest.indexOf(before);
  return place < 0 ? [...ids] : rest.toSpliced(place, 0, id);
}

/** One place to the left (-1) or right (1); the first column stays first. */
export function shifted(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 1 || to < 1 || to >= ids.length) return [...ids];
  return ids.toSpliced(from, 1).toSpliced(to, 0, id);
}
