import { routes, shownRule } from '@quarterdeck/contract';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type AlertRoutes = 'listAlerts' | 'listAlertRules' | 'createAlertRule' | 'replaceAlertRule' | 'deleteAlertRule' | 'testAlertRule';

export function alertHandlers({ alerts }: Pick<Services, 'alerts'>): Pick<RouteHandlers, AlertRoutes> {
  const { rules } = alerts;
  return {
    listAlerts: handle(routes.listAlerts, () => alerts.recent()),
    listAlertRules: handle(routes.listAlertRules, async () => (await rules.list()).map(shownRule)),
    createAlertRule: handle(routes.createAlertRule, async (rule, { actor }) => {
      const made = await rules.add(rule, actor.id);
      await alerts.refresh();
      return shownRule(made);
    }),
    replaceAlertRule: handle(routes.replaceAlertRule, async ({ id, ...rule }) => {
      const made = await rules.replace(id, rule);
      await alerts.refresh();
      return shownRule(made);
    }),
    deleteAlertRule: handle(routes.deleteAlertRule, async ({ id }) => {
      await rules.remove(id);
      await alerts.refresh();
      return (await rules.list()).map(shownRule);
    }),
    testAlertRule: handle(routes.testAlertRule, ({ id }) => alerts.test(id)),
  };
}
