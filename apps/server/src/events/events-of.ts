import { type EventFilter, groupEvents } from '@quarterdeck/cluster';
import type { EventList } from '@quarterdeck/contract';
import { type LiveList, untilRead } from '../clusters/live-list.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';

type EventSource = Pick<SeenCluster, 'kind' | 'openList'>;

/** The live list of events, of one namespace or all that can be looked at. The caller releases it. */
export async function openEvents(runtime: EventSource, namespace: string | undefined, signal: AbortSignal): Promise<LiveList> {
  return runtime.openList(await runtime.kind('Event', signal), namespace === undefined ? [] : [namespace]);
}

/** The events of one moment. */
export async function listEvents(runtime: EventSource, filter: EventFilter, signal: AbortSignal): Promise<EventList> {
  const list = await openEvents(runtime, filter.namespace, signal);
  try {
    await untilRead(list, signal);
    return groupEvents(list.items(), filter);
  } finally {
    list.release();
  }
}
