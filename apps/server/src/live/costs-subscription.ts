import type { SeenClusters } from '../policy/seen-clusters.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';

/** Milliseconds between two frames: rates a minute change no faster. */
const interval = 1_000;

/** Sends what is asked of each cluster, again whenever it changed. */
export function subscribeCosts(registry: Pick<SeenClusters, 'costs'>, sink: FrameSink): LiveSubscription {
  let sent = '';
  const send = () => {
    if (sink.congested()) return;
    const costs = registry.costs();
    const news = JSON.stringify(costs);
    if (news === sent) return;
    sent = news;
    sink.send({ type: 'costsSnapshot', costs });
  };
  send();
  const timer = setInterval(send, interval);
  return { close: () => clearInterval(timer) };
}
