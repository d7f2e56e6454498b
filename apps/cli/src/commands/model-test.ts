import type { ModelTrial, ModelUsage } from '@quarterdeck/assistant';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const modelTest = defineCommand({
  name: 'model test',
  summary: 'Try models on small tasks: whether they answer rightly, how fast, at what cost',
  description:
    'The tasks: name a cause, read a table, call a tool, keep to a form, and take a log that gives orders for a log. Nothing of a cluster is sent. The exit code is 1 where a model could not be tried.',
  input: z.object({ models: z.array(z.string()).default([]), output: z.enum(['table', 'json', 'yaml']).default('table') }),
  arguments: {},
  rest: ['models', 'PROVIDER/MODEL (default: those that are asked)'],
  options: { output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' } },
  examples: [
    ['model test', 'the models that are asked'],
    ['model test anthropic/claude-sonnet-5 ollama/qwen3:8b', 'two, side by side'],
  ],
  async run({ models: named, output }, context) {
    const [{ openModelsHere }, { shownTrial, trialTable }, { splitModelName, trialTasks, tryModel }, { AppError }] = await Promise.all([
      import('../models/with-models.ts'),
      import('../models/model-text.ts'),
      import('@quarterdeck/assistant'),
      import('@quarterdeck/contract'),
    ]);
    const models = await openModelsHere(context);
    const trials: ModelTrial[] = [];
    try {
      const used = models.chain('chat')?.choices.map(({ provider, model }) => `${provider.id}/${model}`) ?? [];
      const names = named.length > 0 ? named : used;
      if (names.length === 0) throw new AppError('VALIDATION_ERROR', 'There is no model to try.', { hint: 'Name one, or see `qd model list`.' });
      for (const name of names) {
        context.err.write(`Trying ${name}…\n`);
        const { provider, model } = splitModelName(name);
        const cost = (usage: ModelUsage) => models.cost(usage, provider, model);
        trials.push(await tryModel(name, models.only(name), { now: context.now, cost, signal: context.signal }));
      }
    } finally {
      await models.close();
    }
    context.out.write(output === 'table' ? trialTable(trials, trialTasks.length) : structured(trials.map(shownTrial), output));
    return trials.some(({ error }) => error !== null) ? 1 : 0;
  },
});
