import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';

const { kubeconfig, context } = clusterInput;

export const vibe = defineCommand({
  name: 'vibe',
  summary: 'Reach a goal in several steps, each shown and confirmed',
  description:
    'A goal is commands in a row ("scale web to 5, then restart api"), or names what is broken ("make checkout work"): then it is the plan of the engine. Every step is previewed by its own command; nothing is done without a yes.',
  input: z.object({
    ...{ kubeconfig, context },
    goal: z.string().trim().min(1, 'is empty'),
    namespace: z.string().min(1).optional(),
    dryRun: z.boolean().default(false),
  }),
  arguments: { goal: 'What is to be reached, in quotes' },
  options: {
    namespace: { short: 'n', value: 'name', description: "Look in this namespace (default: the context's)" },
    dryRun: { description: 'Only say which steps it would be' },
    kubeconfig: clusterOptions.kubeconfig,
    context: clusterOptions.context,
  },
  examples: [
    ['vibe "scale web to 3, then restart payments-api"', 'two commands'],
    ['vibe "make checkout work" --dry-run', 'which plan there is'],
  ],
  async run({ dryRun, ...goal }, commandContext) {
    const [{ carryOutLines, linesOfGoal }, { quoted }] = await Promise.all([import('../words/carry-out-goal.ts'), import('../words/read-sentence.ts')]);
    const lines = await linesOfGoal(goal, commandContext);
    if (dryRun) {
      commandContext.out.write(lines.map((line) => `qd ${line.map(quoted).join(' ')}\n`).join(''));
      return 0;
    }
    const place = [
      ...(goal.kubeconfig === undefined ? [] : ['--kubeconfig', goal.kubeconfig]),
      ...(goal.context === undefined ? [] : ['--context', goal.context]),
    ];
    return carryOutLines(lines, (line) => commandContext.runSelf([...line, ...place]), commandContext);
  },
});
