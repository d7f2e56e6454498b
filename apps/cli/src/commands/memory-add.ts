import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const memoryAdd = defineCommand({
  name: 'memory add',
  summary: 'Tell the assistant a fact of your systems, for all conversations',
  input: z.object({ fact: z.string().trim().min(1, 'is empty').max(500, 'may have at most 500 characters') }),
  arguments: { fact: 'One sentence' },
  options: {},
  examples: [['memory add "checkout is written in Go and owned by the shop team"', 'a fact']],
  async run({ fact }, context) {
    const { withMemory } = await import('../assistant/with-memory.ts');
    const { facts } = await withMemory(context, (memory) => ({
      ...memory,
      facts: memory.facts.includes(fact) ? memory.facts : [...memory.facts, fact].slice(-100),
    }));
    context.err.write(`${facts.length} facts are kept.\n`);
    return 0;
  },
});
