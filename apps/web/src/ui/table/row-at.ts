/** The index of the row that an event happened in; -1 where it was none. */
export function rowIndexOf(target: EventTarget | null): number {
  const row = target instanceof Element ? target.closest('tr[data-index]') : null;
  return row instanceof HTMLElement ? Number(row.dataset.index) : -1;
}
