import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const actionsShow = defineCommand({
  name: 'actions show',
  summary: 'Show one action: its steps, what they changed and reached, how it ended',
  input: z.object({ action: z.string().min(1), output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: { action: 'The id from `qd actions list`' },
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [['actions show 019a7f9c-1c1e-70d5-8c0e-9f530c1c6f0f', 'one action with its diffs']],
  async run({ action: id, output }, context) {
    const [{ withDesk }, { endText, previewText, progressLine }] = await Promise.all([import('../actions/with-desk.ts'), import('../actions/action-text.ts')]);
    const action = await withDesk(context, ({ desk }) => desk.get(id));
    const { out } = context;
    const text = () =>
      `${previewText(action, { columns: out.columns ?? 100, colour: out.colour })}\n${action.steps.map(progressLine).join('\n')}\n${endText(action)}`;
    out.write(output === 'text' ? text() : structured(action, output));
    return 0;
  },
});
