import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const instructions = defineCommand({
  name: 'instructions',
  summary: 'Show or set how the assistant is to answer you, for all conversations',
  input: z.object({
    text: z.string().max(8000, 'may have at most 8000 characters').optional(),
    edit: z.boolean().default(false),
    clear: z.boolean().default(false),
  }),
  arguments: { text: 'What to keep in place of what there is' },
  options: { edit: { description: 'In VISUAL or EDITOR' }, clear: { description: 'None any more' } },
  examples: [
    ['instructions', 'what there is'],
    ['instructions "Answer in two sentences. Show the command first."', 'set it'],
  ],
  async run({ text, edit, clear }, context) {
    const [{ withMemory }, { editText }] = await Promise.all([import('../assistant/with-memory.ts'), import('../assistant/edit-text.ts')]);
    const before = (await withMemory(context)).instructions;
    const next = clear ? '' : edit ? (await editText(before, context)).trim() : text;
    if (next !== undefined) await withMemory(context, (memory) => ({ ...memory, instructions: next.slice(0, 8000) }));
    const kept = next ?? before;
    if (kept === '') context.err.write('There are no instructions.\n');
    else context.out.write(`${kept}\n`);
    return 0;
  },
});
