import { type Alert, AppError, refLabel } from '@quarterdeck/contract';
import type { SeenClusters } from './seen-clusters.ts';

/**
 * An alert as one policy shows it; null for one about something hidden. What was told of an issue was written with all
 * of the cluster in sight, and the name of a rule by somebody who may have had it: both are left out.
 */
export function seenAlert({ sight }: Pick<SeenClusters, 'sight'>, alert: Alert): Alert | null {
  if (sight.whole) return alert;
  if (alert.object === null || !sight.sees(alert.object)) return null;
  const told = { ...alert, rule: { ...alert.rule, name: 'An alert rule' } };
  if (alert.issueId === null) return told;
  return { ...told, title: refLabel(alert.object), text: 'Something has become of an issue of it. The list of issues says what is known.' };
}

/** Rules watch the whole cluster and tell others of it. Throws FORBIDDEN. */
export function mayManageAlerts({ sight }: Pick<SeenClusters, 'sight'>): void {
  if (sight.whole) return;
  throw new AppError('FORBIDDEN', 'Alert rules watch the whole cluster, and your access policy does not show all of it.', {
    hint: 'Ask somebody who sees the whole cluster for the rule.',
  });
}
