import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const auditShow = defineCommand({
  name: 'audit show',
  summary: 'Show one act: what was asked for, what changed, how it ended, how to take it back',
  input: z.object({ act: z.string().min(1), output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: { act: 'The id from `qd audit list`' },
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [['audit show 7f9c1c1e-0d5e-4c0e-9f53-0c1c6f0f8a11', 'one act with its diff']],
  async run({ act: id, output }, context) {
    const [{ readAct }, { withStorage }, { actText }] = await Promise.all([
      import('@quarterdeck/storage'),
      import('../ledger/with-storage.ts'),
      import('../ledger/act-text.ts'),
    ]);
    const act = await withStorage(context, 'guest', ({ db }) => readAct(db, id));
    context.out.write(output === 'text' ? actText(act) : structured(act, output));
    return 0;
  },
});
