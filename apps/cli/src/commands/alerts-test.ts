import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const alertsTest = defineCommand({
  name: 'alerts test',
  summary: 'Call the webhook of an alert rule with something made up',
  description: 'Ends with 1 where it could not be delivered.',
  input: z.object({ rule: z.string().min(1) }),
  arguments: { rule: 'Id of the rule, as `qd alerts list` shows it' },
  options: {},
  examples: [['alerts test 3f9a2c1b', 'whether the receiver gets it']],
  async run({ rule: id }, context) {
    const [{ openAlertRules, sendWebhook, testAlert }, { stateDirectoryOf, systemWatchClock }, { deliveryText }] = await Promise.all([
      import('@quarterdeck/alerts'),
      import('@quarterdeck/cluster'),
      import('../alerts/rule-text.ts'),
    ]);
    const rule = await openAlertRules(stateDirectoryOf(context.environment)).get(id);
    const { now, sleep } = systemWatchClock;
    const alert = testAlert(rule, rule.cluster ?? 'any', context.now());
    const delivery = rule.webhook === null ? null : await sendWebhook(rule.webhook, alert, { now, sleep, signal: context.signal });
    context.out.write(deliveryText(delivery));
    return delivery === null || delivery.delivered ? 0 : 1;
  },
});
