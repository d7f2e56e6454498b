import { actFilterSchema, actOutcomes, actVias } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const auditList = defineCommand({
  name: 'audit list',
  summary: 'List what was done through Quarterdeck by anyone, newest first',
  input: z.object({
    ...actFilterSchema.shape,
    limit: z.coerce.number('must be a number').int().min(1).max(500).default(50),
    before: z.coerce.number('must be a number').int().positive().optional(),
    output: z.enum(['table', 'json', 'yaml']).default('table'),
  }),
  arguments: {},
  options: {
    cluster: { value: 'name', description: 'On this cluster' },
    actor: { value: 'name', description: 'By this person or program' },
    via: { value: actVias.join('|'), description: 'By this way' },
    action: { value: 'name', description: 'One as change.scale, or a family as change, pod, helm' },
    namespace: { short: 'n', value: 'name', description: 'On objects of this namespace' },
    kind: { value: 'kind', description: 'On objects of this kind, as Deployment' },
    name: { value: 'name', description: 'On objects of this name' },
    outcome: { value: [...actOutcomes, 'unfinished'].join('|'), description: 'That ended so; unfinished: it is not known how' },
    since: { value: 'time', description: 'From this time on, as 2026-01-31T12:00:00Z' },
    until: { value: 'time', description: 'Before this time' },
    limit: { value: 'number', description: 'At most so many (default: 50)' },
    before: { value: 'number', description: 'The next page: the number that the page before ended with' },
    output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' },
  },
  examples: [
    ['audit list -n shop --action change', 'what was changed in a namespace'],
    ['audit list --outcome unfinished', 'what was cut off'],
  ],
  async run({ limit, before, output, ...filter }, context) {
    const [{ readActs }, { withStorage }, { actTable }] = await Promise.all([
      import('@quarterdeck/storage'),
      import('../ledger/with-storage.ts'),
      import('../ledger/act-text.ts'),
    ]);
    const page = await withStorage(context, 'guest', ({ db }) => readActs(db, filter, { limit, before }));
    if (output !== 'table') context.out.write(structured(page, output));
    else if (page.acts.length === 0) context.out.write('Nothing was done\n');
    else context.out.write(actTable(page.acts));
    if (output === 'table' && page.next !== null) context.err.write(`There is more: --before ${page.next}\n`);
    return 0;
  },
});
