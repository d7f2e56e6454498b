import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Look at what qd needs on this machine, and say what is missing',
  description: 'Ends with 1 where something is wrong; what is merely of use and missing is told.',
  input: z.object({ output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: {},
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [['doctor', 'kubeconfig, cluster, programs, models']],
  async run({ output }, context) {
    const [{ runChecks }, { structured }, { printable }] = await Promise.all([
      import('../doctor/checks.ts'),
      import('../output/structured.ts'),
      import('../output/printable.ts'),
    ]);
    const marks = { ok: '✓', missing: '–', wrong: '✖' } as const;
    const results = [];
    for await (const result of runChecks(context)) {
      results.push(result);
      const remedy = result.remedy === null ? '' : `    ${printable(result.remedy)}\n`;
      if (output === 'text') context.out.write(`${marks[result.state]} ${result.name}: ${printable(result.said)}\n${remedy}`);
    }
    if (output !== 'text') context.out.write(structured(results, output));
    return results.some(({ state }) => state === 'wrong') ? 1 : 0;
  },
});
