import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const configGet = defineCommand({
  name: 'config get',
  summary: 'Show one setting',
  input: z.object({ field: z.string().min(1) }),
  arguments: { field: 'Its path, with dots' },
  options: {},
  examples: [['config get providers.ollama.contextWindow', 'what Ollama gives a model']],
  async run({ field }, context) {
    const [{ settingsHere }, { settingText }, { settingAt }] = await Promise.all([
      import('../models/with-models.ts'),
      import('../models/setting-text.ts'),
      import('@quarterdeck/assistant'),
    ]);
    const value = settingAt(await settingsHere(context).read(), field);
    if (value === undefined) throw new AppError('NOT_FOUND', `${field} is not set.`, { hint: `Set it with \`qd config set ${field} VALUE\`.` });
    context.out.write(`${settingText(value)}\n`);
    return 0;
  },
});
