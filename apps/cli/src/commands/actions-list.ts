import { actionStates } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const actionsList = defineCommand({
  name: 'actions list',
  summary: 'List what was previewed, approved and carried out, newest first',
  input: z.object({
    cluster: z.string().min(1).optional(),
    issue: z.string().min(1).optional(),
    state: z.enum(actionStates).optional(),
    limit: z.coerce.number().int().positive().max(200).default(20),
    output: z.enum(['table', 'json', 'yaml']).default('table'),
  }),
  arguments: {},
  options: {
    cluster: { value: 'context', description: 'Only those on this cluster' },
    issue: { value: 'id', description: 'Only those for this issue' },
    state: { value: 'state', description: `Only those in this state (${actionStates.join(', ')})` },
    limit: { value: 'number', description: 'At most so many (default: 20)' },
    output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' },
  },
  examples: [['actions list --state failed', 'what did not work']],
  async run({ limit, output, ...filter }, context) {
    const [{ withDesk }, { actionTable }] = await Promise.all([import('../actions/with-desk.ts'), import('../actions/action-text.ts')]);
    const { actions } = await withDesk(context, ({ desk }) => desk.list(filter, { limit }));
    context.out.write(output === 'table' ? actionTable(actions) : structured(actions, output));
    return 0;
  },
});
