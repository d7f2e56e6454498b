import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { runbooksInput, runbooksOptions } from './knowledge-search.ts';

export const knowledgeExport = defineCommand({
  name: 'knowledge export',
  summary: 'Print runbooks and resolved issues as JSON, one a line',
  description:
    'With what people said of the issues: for another program, or for training. Values of Secrets are never in it; names and messages of the cluster are.',
  input: z.object(runbooksInput),
  arguments: {},
  options: runbooksOptions,
  examples: [['knowledge export > knowledge.jsonl', 'all of it']],
  async run({ runbooks }, context) {
    const { openKnowledge } = await import('../assistant/open-knowledge.ts');
    for (const line of (await openKnowledge(runbooks, context)).jsonLines()) context.out.write(`${line}\n`);
    return 0;
  },
});
