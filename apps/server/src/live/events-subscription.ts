import { type EventFilter, groupEvents } from '@quarterdeck/cluster';
import type { LiveList } from '../clusters/live-list.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';
import { paced } from './paced.ts';

export interface EventsOptions {
  list: LiveList;
  filter: EventFilter;
}

/** Sends the latest events, grouped, and again when they change. Owns the list. */
export function subscribeEvents({ list, filter }: EventsOptions, sink: FrameSink): LiveSubscription {
  let told = '';
  function flush(): void {
    if (sink.congested()) {
      pace.request();
      return;
    }
    if (list.asOf === null) {
      if (list.error !== null) sink.fail(list.error);
      return;
    }
    const events = groupEvents(list.items(), filter);
    const news = JSON.stringify(events);
    if (news === told) return;
    told = news;
    sink.send({ type: 'eventsSnapshot', ...events, asOf: new Date(list.asOf).toISOString() });
  }
  const pace = paced(flush);
  const end = list.subscribe(pace.request);
  if (list.asOf !== null || list.error !== null) pace.now();
  return {
    close() {
      pace.stop();
      end();
      list.release();
    },
  };
}
