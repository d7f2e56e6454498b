import { routes, shownRule } from '@quarterdeck/contract';
import { mayManageAlerts, seenAlert } from '../policy/seen-alerts.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type AlertRoutes = 'listAlerts' | 'listAlertRules' | 'createAlertRule' | 'replaceAlertRule' | 'deleteAlertRule' | 'testAlertRule';

export function alertHandlers({ alerts, clusters }: Pick<Services, 'alerts' | 'clusters'>): Pick<RouteHandlers, AlertRoutes> {
  const { rules } = alerts;
  return {
    listAlerts: handle(routes.listAlerts, (_input, call) => alerts.recent().flatMap((alert) => seenAlert(clusters.seenBy(call), alert) ?? [])),
    listAlertRules: handle(routes.listAlertRules, async (_input, call) => (clusters.seenBy(call).sight.whole ? (await rules.list()).map(shownRule) : [])),
    createAlertRule: handle(routes.createAlertRule, async (rule, call) => {
      mayManageAlerts(clusters.seenBy(call));
      const made = await rules.add(rule, call.actor.id);
      await alerts.refresh();
      return shownRule(made);
    }),
    replaceAlertRule: handle(routes.replaceAlertRule, async ({ id, ...rule }, call) => {
      mayManageAlerts(clusters.seenBy(call));
      const made = await rules.replace(id, rule);
      await alerts.refresh();
      return shownRule(made);
    }),
    deleteAlertRule: handle(routes.deleteAlertRule, async ({ id }, call) => {
      mayManageAlerts(clusters.seenBy(call));
      await rules.remove(id);
      await alerts.refresh();
      return (await rules.list()).map(shownRule);
    }),
    testAlertRule: handle(routes.testAlertRule, ({ id }, call) => {
      mayManageAlerts(clusters.seenBy(call));
      return alerts.test(id);
    }),
  };
}
