import type { Alert } from '@quarterdeck/contract';
import type { DataFrame } from '../../live/live-client.ts';

export interface AlertsState {
  /** What rules have told lately, the latest first. */
  alerts: readonly Alert[];
  /** Those of them that were told while the page was open. */
  raised: readonly Alert[];
}

/** As many as the server keeps. */
const mostKept = 200;

/** Pure: a snapshot replaces, an alert comes first. */
export function applyAlertsFrame(state: AlertsState | null, frame: DataFrame): AlertsState | null {
  if (frame.type === 'alertsSnapshot') return { alerts: frame.alerts, raised: [] };
  if (frame.type !== 'alertRaised' || state === null) return state;
  const { alert } = frame;
  return { alerts: [alert, ...state.alerts].slice(0, mostKept), raised: [alert, ...state.raised].slice(0, mostKept) };
}
