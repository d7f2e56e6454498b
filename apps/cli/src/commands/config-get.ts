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
    const [{ settingsHere }, { settingText, sourcedHere }, { closestNames, settingAt }] = await Promise.all([
      import('../models/with-models.ts'),
      import('../models/setting-text.ts'),
      import('@quarterdeck/assistant'),
    ]);
    const file = settingsHere(context);
    const value = settingAt(await file.read(), field);
    if (value === undefined) {
      const sourced = await sourcedHere(file, context);
      const elsewhere = sourced.find((one) => one.field === field);
      if (elsewhere === undefined)
        throw notSet(
          field,
          closestNames(
            field,
            sourced.map((one) => one.field),
          )[0],
        );
      context.out.write(`${settingText(elsewhere.value)}\n`);
      context.err.write(`From ${elsewhere.source}\n`);
      return 0;
    }
    context.out.write(`${settingText(value)}\n`);
    return 0;
  },
});

function notSet(field: string, close: string | undefined): AppError {
  const meant = close === undefined ? '' : `Did you mean ${close}? `;
  return new AppError('NOT_FOUND', `${field} is not set.`, { hint: `${meant}Set it with \`qd config set ${field} VALUE\`.` });
}
