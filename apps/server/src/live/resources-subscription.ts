import { type Column, descriptorFor, type ResourceKind, toAppError, type Window } from '@quarterdeck/contract';
import type { LiveList } from '../clusters/live-list.ts';
import { createRowIndex } from '../resources/row-index.ts';
import { createRowWindow, type RowWindow } from '../resources/row-window.ts';
import { windowDelta } from '../resources/window-delta.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';
import { paced } from './paced.ts';

/** Rows that wait for something change their state with time alone. Milliseconds. */
const refreshInterval = 15_000;

export interface ResourcesOptions {
  kind: ResourceKind;
  list: LiveList;
  window: Window;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Sends a window over a live list, then what changes in it. Owns the list. */
export function subscribeResources({ kind, list, window, now }: ResourcesOptions, sink: FrameSink): LiveSubscription {
  const descriptor = descriptorFor(kind.apiVersion, kind.kind);
  const index = createRowIndex(descriptor);
  const columns: Column[] = [...index.columns];
  let offset = window.offset;
  let cut = createRowWindow(window, columns, descriptor.sort);
  /** What the client holds; null where it must get everything anew. */
  let held: RowWindow | null = null;

  function flush(): void {
    if (list.state === 'connecting') return;
    if (list.asOf === null) {
      if (list.error !== null) sink.fail(list.error);
    } else if (sink.congested()) {
      held = null;
      pace.request();
    } else show(new Date(list.asOf).toISOString());
  }

  /** The client is told where its filter can't be applied to the rows that there are now. */
  function show(asOf: string): void {
    try {
      const next = cut(index.rows(list.items(), now()));
      const delta = held === null ? null : windowDelta(held, next);
      if (held === null) sink.send({ type: 'resourcesSnapshot', columns, rows: next.rows, offset, total: next.total, asOf });
      else if (delta !== null) sink.send({ type: 'resourcesDelta', ...delta, asOf });
      held = next;
    } catch (thrown) {
      sink.fail(toAppError(thrown));
    }
  }

  const pace = paced(flush);
  const end = list.subscribe(pace.request);
  const refresh = setInterval(pace.request, refreshInterval);
  // A list that is still being read tells when it is; counting this moment as a frame would only delay that one.
  if (list.state !== 'connecting') pace.now();
  return {
    moveWindow(next) {
      cut = createRowWindow(next, columns, descriptor.sort);
      offset = next.offset;
      held = null;
      pace.now();
    },
    close() {
      clearInterval(refresh);
      pace.stop();
      end();
      list.release();
    },
  };
}
