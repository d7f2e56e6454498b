import type { Column, Row, ServerFrame, UnreadScope } from '@quarterdeck/contract';

/** A window over a live list: `order[i]` is the row at `offset + i` of `total`. */
export interface ResourcesState {
  columns: readonly Column[];
  rows: ReadonlyMap<string, Row>;
  order: readonly string[];
  offset: number;
  total: number;
  asOf: string | null;
  /** Whether there are more rows to come. */
  reading: boolean;
  /** Namespaces that could not be read. */
  unread: readonly UnreadScope[];
  /** Counts snapshots: a new one is what somebody asked for, a delta is what happened by itself. */
  generation: number;
}

type ResourcesFrame = Extract<ServerFrame, { type: 'resourcesSnapshot' | 'resourcesDelta' }>;

const none: readonly UnreadScope[] = [];

/** Pure. Rows that left the window are dropped, so that a tab holds no more than it shows. */
export function applyResourcesFrame(state: ResourcesState | null, frame: ResourcesFrame): ResourcesState | null {
  const { total, asOf, reading = false, unread = none } = frame;
  if (frame.type === 'resourcesSnapshot') {
    const rows = new Map(frame.rows.map((row) => [row.uid, row]));
    return {
      columns: frame.columns,
      rows,
      order: [...rows.keys()],
      offset: frame.offset,
      total,
      asOf,
      reading,
      unread,
      generation: (state?.generation ?? 0) + 1,
    };
  }
  if (state === null) return null;
  const upserts = new Map(frame.upserts.map((row) => [row.uid, row]));
  const rows = new Map<string, Row>();
  for (const uid of frame.order) {
    const row = upserts.get(uid) ?? state.rows.get(uid);
    if (row !== undefined) rows.set(uid, row);
  }
  return { ...state, rows, order: [...rows.keys()], total, asOf, reading, unread };
}
