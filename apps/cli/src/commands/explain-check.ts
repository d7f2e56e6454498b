import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { checkTable, checkText } from '../output/check-text.ts';
import { structured } from '../output/structured.ts';

export const explainCheck = defineCommand({
  name: 'explain-check',
  summary: 'Say what a check means, when it is silent and what it may end in',
  description: 'Without a code it lists every check of `qd issues` and `qd lint`. No cluster is asked.',
  input: z.object({ code: z.string().min(1).optional(), output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: { code: 'Code of the check, as `qd lint` and the findings of `qd issues -o json` show it' },
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [
    ['explain-check', 'every check, one a line'],
    ['explain-check image-latest', 'one of them'],
  ],
  async run({ code, output }, { out }) {
    const [{ catalogue }, { checkNamed }] = await Promise.all([import('@quarterdeck/diagnosis'), import('../catalogue/check-named.ts')]);
    if (code === undefined) {
      const all = catalogue();
      out.write(output === 'text' ? checkTable(all) : structured(all, output));
      return 0;
    }
    const entry = checkNamed(code);
    out.write(output === 'text' ? checkText(entry, { columns: out.columns ?? 100, colour: out.colour }) : structured(entry, output));
    return 0;
  },
});
