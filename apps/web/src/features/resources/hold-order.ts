import type { Row } from '@quarterdeck/contract';
import type { ResourcesState } from '../../live/resources-state.ts';

/** What the table shows of a live list. */
export interface ShownRows {
  order: readonly string[];
  rows: ReadonlyMap<string, Row>;
  offset: number;
  total: number;
  generation: number;
}

export interface HeldRows extends ShownRows {
  /** Rows that are kept on screen though they are gone. */
  gone: ReadonlySet<string>;
  /** Changes of the order that wait to be let go. */
  waiting: number;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * The list as it stood when the pointer came in, with the cells of now: nothing moves under the cursor. A new
 * snapshot (the reader scrolled, sorted or filtered) is always shown.
 */
export function holdOrder(frozen: ShownRows | null, live: ResourcesState): HeldRows {
  if (frozen === null || frozen.generation !== live.generation) return { ...live, gone: nothing, waiting: 0 };
  const before = new Set(frozen.order);
  const gone = new Set(frozen.order.filter((uid) => !live.rows.has(uid)));
  const arrived = live.order.filter((uid) => !before.has(uid)).length;
  const moved = gone.size === 0 && arrived === 0 ? frozen.order.filter((uid, index) => live.order[index] !== uid).length : 0;
  const rows = new Map<string, Row>();
  for (const uid of frozen.order) {
    const row = live.rows.get(uid) ?? frozen.rows.get(uid);
    if (row !== undefined) rows.set(uid, row);
  }
  return { ...frozen, rows, gone, waiting: gone.size + arrived + moved };
}
