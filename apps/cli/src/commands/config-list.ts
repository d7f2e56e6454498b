import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const configList = defineCommand({
  name: 'config list',
  summary: 'List what is set, and where it comes from: models, providers, prices',
  description:
    'A source is `file`, `default`, `environment`, an option, or the variable that gives an address. The file goes before variables, an option before both. Keys are not among it; see `qd model list`.',
  input: z.object({ sources: z.boolean().default(false), output: z.enum(['table', 'json', 'yaml']).default('table') }),
  arguments: {},
  options: {
    sources: { description: 'With json and yaml: each field with its value and source' },
    output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' },
  },
  examples: [['config list', 'every setting, one a line']],
  async run({ sources, output }, context) {
    const [{ settingsHere }, { settingTable, sourcedHere }] = await Promise.all([import('../models/with-models.ts'), import('../models/setting-text.ts')]);
    const file = settingsHere(context);
    const sourced = await sourcedHere(file, context);
    if (output === 'table') context.out.write(settingTable(sourced));
    else context.out.write(structured(sources ? sourced : await file.read(), output));
    context.err.write(`In ${file.path}\n`);
    return 0;
  },
});
