import type { SeenClusters } from '../policy/seen-clusters.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';
import { paced } from './paced.ts';

/** Sends all clusters, and again whenever the state of one changes. */
export function subscribeClusters(registry: Pick<SeenClusters, 'list' | 'onChange'>, sink: FrameSink): LiveSubscription {
  let sent = '';
  const pace = paced(() => {
    if (sink.congested()) return pace.request();
    const clusters = registry.list();
    // The time of the last word moves on with every event; alone it is no news.
    const news = JSON.stringify(clusters.map(({ asOf: _moves, ...rest }) => rest));
    if (news === sent) return;
    sent = news;
    sink.send({ type: 'clustersSnapshot', clusters });
  });
  const end = registry.onChange(pace.request);
  pace.now();
  return {
    close() {
      pace.stop();
      end();
    },
  };
}
