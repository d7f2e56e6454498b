import type { Forward } from '@quarterdeck/contract';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';

/** Counters move with every byte; an eye reads them twice a second. Milliseconds. */
const gapMs = 500;

/** Sends the forwards with their counters, and again while something moves. */
export function subscribeForwards(list: () => Forward[], sink: FrameSink): LiveSubscription {
  let told = '';
  const tell = () => {
    if (sink.congested()) return;
    const forwards = list();
    const news = JSON.stringify(forwards);
    if (news === told) return;
    told = news;
    sink.send({ type: 'forwardsSnapshot', forwards });
  };
  tell();
  const timer = setInterval(tell, gapMs);
  return { close: () => clearInterval(timer) };
}
