import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const memoryShow = defineCommand({
  name: 'memory show',
  summary: 'Show what the assistant was told of your systems, for all conversations',
  description: 'Nobody writes it but you: no answer adds to it.',
  input: z.object({ output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: {},
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [['memory show', 'a line a fact']],
  async run({ output }, context) {
    const [{ withMemory }, { structured }, { printable }] = await Promise.all([
      import('../assistant/with-memory.ts'),
      import('../output/structured.ts'),
      import('../output/printable.ts'),
    ]);
    const memory = await withMemory(context);
    if (output !== 'text') context.out.write(structured(memory, output));
    else if (memory.facts.length === 0) context.err.write('Nothing is kept. `qd memory add "checkout is written in Go"` adds a fact.\n');
    else context.out.write(memory.facts.map((fact) => `${printable(fact)}\n`).join(''));
    return 0;
  },
});
