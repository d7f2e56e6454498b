export interface RowRange {
  offset: number;
  limit: number;
}

const size = 300;
/** How near the edge of the window the view may come before the window moves. */
const margin = 60;

/** The window that holds the rows `first` to `last`; the current one for as long as it does with some margin. */
function rows(current: RowRange, first: number, last: number): RowRange {
  const startsLate = current.offset > 0 && first < current.offset + margin;
  const endsEarly = last > current.offset + current.limit - margin;
  if (!startsLate && !endsEarly) return current;
  return { offset: Math.max(0, Math.floor((first + last) / 2 - size / 2)), limit: size };
}

export const windowFor = { size, rows };
