import type { Row } from '@quarterdeck/contract';
import { sameRow } from './live-row.ts';
import type { RowWindow } from './row-view.ts';

export interface WindowDelta {
  /** Rows of the new window that the client does not hold as they are now. */
  upserts: Row[];
  /** The uids of the new window, top to bottom. */
  order: string[];
  total: number;
}

/** What turns the window that a client holds into the new one; null when they are the same. */
export function windowDelta(before: RowWindow, after: RowWindow): WindowDelta | null {
  const held = new Map(before.rows.map((row) => [row.uid, row]));
  const upserts = after.rows.filter((row) => isNew(held.get(row.uid), row));
  const moved = before.rows.length !== after.rows.length || after.rows.some((row, index) => row.uid !== before.rows[index]?.uid);
  if (upserts.length === 0 && !moved && before.total === after.total) return null;
  return { upserts, order: after.rows.map((row) => row.uid), total: after.total };
}

/** Labels alone make a new row, which looks the same. */
function isNew(before: Row | undefined, after: Row): boolean {
  return before === undefined || !sameRow(before, after);
}
