import type { AlertDesk } from '../alerts/alert-desk.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';

/** Sends what rules have told lately, then each alert as it is told. */
export function subscribeAlerts(alerts: Pick<AlertDesk, 'recent' | 'onAlert'>, sink: FrameSink): LiveSubscription {
  sink.send({ type: 'alertsSnapshot', alerts: alerts.recent() });
  return { close: alerts.onAlert((alert) => sink.send({ type: 'alertRaised', alert })) };
}
