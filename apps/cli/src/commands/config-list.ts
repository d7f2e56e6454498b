import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const configList = defineCommand({
  name: 'config list',
  summary: 'List what is set: models, providers, prices',
  description: 'Keys are not among it; see `qd model list`.',
  input: z.object({ output: z.enum(['table', 'json', 'yaml']).default('table') }),
  arguments: {},
  options: { output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' } },
  examples: [['config list', 'every setting, one a line']],
  async run({ output }, context) {
    const [{ settingsHere }, { settingLines }] = await Promise.all([import('../models/with-models.ts'), import('../models/setting-text.ts')]);
    const file = settingsHere(context);
    const settings = await file.read();
    context.out.write(output === 'table' ? settingLines(settings) : structured(settings, output));
    context.err.write(`In ${file.path}\n`);
    return 0;
  },
});
