import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const configSet = defineCommand({
  name: 'config set',
  summary: 'Change one setting',
  description: 'docs/reference/models.md lists the fields. Keys of providers are no settings: `qd model key set` keeps them.',
  input: z.object({ field: z.string().min(1), value: z.string() }),
  arguments: { field: 'Its path, with dots', value: 'A number, true or false, a text, a list with commas, or JSON' },
  options: {},
  examples: [
    ['config set providers.ollama.contextWindow 32768', 'a larger context'],
    ['config set prices.house/llama-4 \'{"input": 0.1, "output": 0.3}\'', 'a price of your own'],
  ],
  async run({ field, value }, context) {
    const [{ settingsHere }, { settingText }, { settingAt, withSetting }] = await Promise.all([
      import('../models/with-models.ts'),
      import('../models/setting-text.ts'),
      import('@quarterdeck/assistant'),
    ]);
    const settings = await settingsHere(context).change((before) => withSetting(before, field, value));
    context.out.write(`${field} = ${settingText(settingAt(settings, field))}\n`);
    return 0;
  },
});
