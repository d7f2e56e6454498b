import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';
import { painter } from '../output/style.ts';

export const runbooksInput = { runbooks: z.array(z.string().min(1)).default([]) };
export const runbooksOptions = {
  runbooks: { value: 'folder', repeatable: true, description: 'Folder of Markdown runbooks (default: QUARTERDECK_RUNBOOKS)' },
};

export const knowledgeSearch = defineCommand({
  name: 'knowledge search',
  summary: 'Find what was written down: runbooks, and issues that were resolved',
  description: 'By words. `qd ask "why is X failing"` finds it by the mechanism of the issue as well.',
  input: z.object({ ...runbooksInput, words: z.array(z.string().min(1)).min(1, 'are missing'), output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: {},
  rest: ['words', 'What it is about'],
  options: { ...runbooksOptions, output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [['knowledge search claim pending --runbooks docs/runbooks', 'the sections that fit, the best first']],
  async run({ words, runbooks, output }, context) {
    const [{ openKnowledge }, { terminalMarkdown }] = await Promise.all([
      import('../assistant/open-knowledge.ts'),
      import('../assistant/terminal-markdown.ts'),
    ]);
    const found = (await openKnowledge(runbooks, context)).search({ text: words.join(' '), limit: 10 });
    const { out } = context;
    if (output !== 'text') out.write(structured(found, output));
    else if (found.length === 0) out.write('Nobody wrote anything down about that\n');
    else
      for (const { title, citation, text } of found)
        out.write(terminalMarkdown(`${painter(out.colour)('bold', title)} (\`${citation}\`)\n\n${text}\n\n`, out.colour));
    return 0;
  },
});
