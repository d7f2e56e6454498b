import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const memoryEdit = defineCommand({
  name: 'memory edit',
  summary: 'Edit the facts in your editor, a line each',
  input: z.object({}),
  arguments: {},
  options: {},
  examples: [['memory edit', 'in VISUAL or EDITOR']],
  async run(_, context) {
    const [{ withMemory }, { editText }] = await Promise.all([import('../assistant/with-memory.ts'), import('../assistant/edit-text.ts')]);
    const { facts: before } = await withMemory(context);
    const text = await editText(before.map((fact) => `${fact}\n`).join(''), context);
    const facts = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    const long = facts.find((fact) => fact.length > 500);
    if (long !== undefined || facts.length > 100)
      throw new AppError('VALIDATION_ERROR', 'At most 100 facts of 500 characters are kept.', { hint: 'Make them shorter.' });
    await withMemory(context, (memory) => ({ ...memory, facts }));
    context.err.write(`${facts.length} facts are kept.\n`);
    return 0;
  },
});
