import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { productVersion } from '../repository.ts';

export const version = defineCommand({
  name: 'version',
  summary: 'Show the version of qd',
  input: z.object({ output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: {},
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [],
  async run({ output }, { out }) {
    const facts = { version: productVersion, node: process.versions.node, platform: `${process.platform}-${process.arch}` };
    if (output === 'text') out.write(`qd ${facts.version} (Node ${facts.node}, ${facts.platform})\n`);
    else out.write((await import('../output/structured.ts')).structured(facts, output));
    return 0;
  },
});
