import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

const ratings = { right: 1, unsure: 0, wrong: -1 } as const;

export const knowledgeRate = defineCommand({
  name: 'knowledge rate',
  summary: 'Say of a resolved issue whether its cause was the right one, and what helped',
  input: z.object({
    issue: z.string().min(1),
    rating: z.enum(['right', 'unsure', 'wrong']),
    note: z.string().max(4000, 'may have at most 4000 characters').default(''),
  }),
  arguments: { issue: 'Id of the issue, as `qd issues --resolved` shows it', rating: 'right, unsure or wrong' },
  options: { note: { value: 'text', description: 'What helped' } },
  examples: [["knowledge rate 3f9a2c right --note 'rolled the chart back'", 'found with the next issue of that kind']],
  async run({ issue, rating, note }, context) {
    const [{ feedbackStore }, { issueRecords }] = await Promise.all([import('../assistant/open-knowledge.ts'), import('../cluster/kept-issues.ts')]);
    const record = (await issueRecords(context)).findLast((each) => each.issue.id === issue);
    if (record === undefined)
      throw new AppError('NOT_FOUND', `The workbench has seen no issue ${issue}.`, { hint: '`qd issues --resolved` lists those that went away.' });
    await feedbackStore(context).add({ cluster: record.cluster, issueId: issue, rating: ratings[rating], note, at: new Date(context.now()).toISOString() });
    context.out.write(`Noted for ${issue}\n`);
    return 0;
  },
});
