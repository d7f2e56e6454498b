import type { AlertDesk } from '../alerts/alert-desk.ts';
import { seenAlert } from '../policy/seen-alerts.ts';
import type { SeenClusters } from '../policy/seen-clusters.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';

/** Sends what rules have told lately, then each alert as it is told. */
export function subscribeAlerts(alerts: Pick<AlertDesk, 'recent' | 'onAlert'>, clusters: SeenClusters, sink: FrameSink): LiveSubscription {
  sink.send({ type: 'alertsSnapshot', alerts: alerts.recent().flatMap((alert) => seenAlert(clusters, alert) ?? []) });
  const end = alerts.onAlert((told) => {
    const alert = seenAlert(clusters, told);
    if (alert !== null) sink.send({ type: 'alertRaised', alert });
  });
  return { close: end };
}
