import type { Row } from '@quarterdeck/contract';
import type { RowWindow } from './row-window.ts';

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
  const upserts = after.rows.filter((row) => !sameRow(held.get(row.uid), row));
  const moved = before.rows.length !== after.rows.length || after.rows.some((row, index) => row.uid !== before.rows[index]?.uid);
  if (upserts.length === 0 && !moved && before.total === after.total) return null;
  return { upserts, order: after.rows.map((row) => row.uid), total: after.total };
}

/** Objects change far more often than what a row shows of them. */
function sameRow(before: Row | undefined, after: Row): boolean {
  if (before === undefined) return false;
  if (before === after) return true;
  return before.state === after.state && before.cells.length === after.cells.length && before.cells.every((cell, index) => cell === after.cells[index]);
}
