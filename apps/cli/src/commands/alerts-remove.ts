import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const alertsRemove = defineCommand({
  name: 'alerts remove',
  summary: 'Remove an alert rule',
  input: z.object({ rule: z.string().min(1) }),
  arguments: { rule: 'Id of the rule, as `qd alerts list` shows it' },
  options: {},
  examples: [['alerts remove 3f9a2c1b', 'one rule less']],
  async run({ rule }, context) {
    const [{ openAlertRules }, { stateDirectoryOf }] = await Promise.all([import('@quarterdeck/alerts'), import('@quarterdeck/cluster')]);
    await openAlertRules(stateDirectoryOf(context.environment)).remove(rule);
    context.out.write(`Removed rule ${rule}\n`);
    return 0;
  },
});
