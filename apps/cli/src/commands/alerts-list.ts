import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const alertsList = defineCommand({
  name: 'alerts list',
  summary: 'List the alert rules of this machine',
  description: 'The workbench looks after them while it runs. Secrets of webhooks are not shown.',
  input: z.object({ output: z.enum(['table', 'json', 'yaml']).default('table') }),
  arguments: {},
  options: { output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' } },
  examples: [['alerts list', 'which rules there are']],
  async run({ output }, context) {
    const [{ openAlertRules }, { stateDirectoryOf }, { shownRule }, { ruleTable }] = await Promise.all([
      import('@quarterdeck/alerts'),
      import('@quarterdeck/cluster'),
      import('@quarterdeck/contract'),
      import('../alerts/rule-text.ts'),
    ]);
    const rules = (await openAlertRules(stateDirectoryOf(context.environment)).list()).map(shownRule);
    context.out.write(output === 'table' ? ruleTable(rules) : structured(rules, output));
    return 0;
  },
});
