import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const portForwardList = defineCommand({
  name: 'port-forward list',
  summary: 'List the forwards that run in the background, and those that are remembered',
  input: z.object({ output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: {},
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [['port-forward list', 'with connections, bytes and what went wrong']],
  async run({ output }, { out, err, environment }) {
    const [{ forwardList, forwardTable }, { structured }] = await Promise.all([import('../forwards/forward-list.ts'), import('../output/structured.ts')]);
    const forwards = await forwardList({ environment });
    if (output !== 'text') out.write(structured(forwards, output));
    else if (forwards.length === 0) err.write('There are none. `qd port-forward svc/web 8080:80 --background` starts one.\n');
    else out.write(forwardTable(forwards));
    return 0;
  },
});
