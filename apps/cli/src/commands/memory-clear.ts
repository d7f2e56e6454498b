import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const memoryClear = defineCommand({
  name: 'memory clear',
  summary: 'Forget the facts; instructions stay',
  input: z.object({}),
  arguments: {},
  options: {},
  examples: [['memory clear', 'all of them']],
  async run(_, context) {
    const { withMemory } = await import('../assistant/with-memory.ts');
    await withMemory(context, (memory) => ({ ...memory, facts: [] }));
    context.err.write('Nothing is kept any more.\n');
    return 0;
  },
});
