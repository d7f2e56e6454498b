import { type HeldRows, type RowWindow, windowDelta, withLabelColumns } from '@quarterdeck/cluster';
import { type AppError, type Column, toAppError, type UnreadScope, type Window } from '@quarterdeck/contract';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';
import { paced } from './paced.ts';

/** Filters by age let rows come and go with time alone. Milliseconds. */
const refreshInterval = 5_000;
/** While a list is read, most of it is new every time, and nobody reads a table that still grows. Milliseconds. */
const readingGap = 1_000;

export interface ResourcesOptions {
  list: HeldRows;
  window: Window;
}

/** Sends a window over live rows, then what changes in it. Owns the rows. Throws VALIDATION_ERROR for a broken filter or sort. */
export function subscribeResources({ list, window }: ResourcesOptions, sink: FrameSink): LiveSubscription {
  let range: Window = window;
  let looked = list.look(window);
  /** What the client holds; null where it must get everything anew. */
  let held: (RowWindow & Around & { columns: readonly Column[] }) | null = null;
  /** The failure that the client knows of. */
  let told: AppError | null = null;
  let shownAt = Number.NEGATIVE_INFINITY;

  function flush(): void {
    if (list.asOf === null || (list.reading && list.size === 0)) {
      if (list.error !== null) fail(list.error);
    } else if (sink.congested()) {
      held = null;
      pace.request();
    } else if (list.reading && held !== null && performance.now() - shownAt < readingGap) {
      pace.request();
    } else show(new Date(list.asOf).toISOString());
  }

  /** The client is told where its filter can't be applied to the rows that there are now. */
  function show(asOf: string): void {
    try {
      const { columns, reading, unread } = list;
      const { labels = [] } = range;
      const next = { ...looked.view.window(range.offset, range.limit, labels), columns, reading, unread };
      const around = { asOf, ...aroundOf(next) };
      if (held === null || held.columns !== columns)
        sink.send({
          type: 'resourcesSnapshot',
          columns: [...withLabelColumns(columns, labels)],
          rows: next.rows,
          offset: range.offset,
          total: next.total,
          ...around,
        });
      else {
        const delta = windowDelta(held, next) ?? (isAsBefore(held, next) ? null : noChange(next));
        if (delta !== null) sink.send({ type: 'resourcesDelta', ...delta, ...around });
      }
      held = next;
      shownAt = performance.now();
      told = null;
    } catch (thrown) {
      fail(toAppError(thrown));
    }
  }

  function fail(error: AppError): void {
    if (error !== told) sink.fail(error);
    told = error;
  }

  const pace = paced(flush);
  const end = list.subscribe(pace.request);
  const refresh = setInterval(() => {
    if (looked.view.dependsOnTime) pace.request();
  }, refreshInterval);
  // A list that is still to be read tells when it is; counting this moment as a frame would only delay that one.
  if (list.asOf !== null || list.error !== null) pace.now();
  return {
    moveWindow(next) {
      const before = looked;
      looked = list.look(next);
      before.leave();
      range = next;
      held = null;
      told = null;
      pace.now();
    },
    close() {
      clearInterval(refresh);
      pace.stop();
      end();
      looked.leave();
      list.release();
    },
  };
}

/** What is said beside the rows, where there is something to say. */
function aroundOf({ reading, unread }: Around): { reading?: boolean; unread?: UnreadScope[] } {
  return { ...(reading ? { reading } : {}), ...(unread.length > 0 ? { unread: [...unread] } : {}) };
}

function isAsBefore(before: Around, next: Around): boolean {
  return before.reading === next.reading && JSON.stringify(before.unread) === JSON.stringify(next.unread);
}

interface Around {
  reading: boolean;
  unread: readonly UnreadScope[];
}

function noChange({ rows, total }: RowWindow) {
  return { upserts: [], order: rows.map((row) => row.uid), total };
}
