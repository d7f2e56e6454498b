import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const modelUse = defineCommand({
  name: 'model use',
  summary: 'Choose the models that are asked, wanted most first',
  description:
    'The next one is asked where one before it can not answer for now; never one elsewhere after one on this machine, unless that is allowed. Whether a provider knows a model is asked at once.',
  input: z.object({
    models: z.array(z.string()).default([]),
    plans: z.boolean().default(false),
    offline: z.boolean().default(false),
    remoteAfterLocal: z.boolean().default(false),
    baseUrl: z.string().optional(),
    force: z.boolean().default(false),
  }),
  arguments: {},
  rest: ['models', 'PROVIDER/MODEL, wanted most first'],
  options: {
    plans: { description: 'For plans alone' },
    offline: { description: 'Ask none: answers come without a model' },
    remoteAfterLocal: { description: 'Let a model elsewhere be asked after one on this machine failed' },
    baseUrl: { value: 'url', description: 'Where the provider of the (one) model is; a new name makes an endpoint of your own' },
    force: { description: 'Do not ask the provider whether it knows the model' },
  },
  examples: [
    ['model use anthropic/claude-sonnet-5 openai/gpt-6-sol', 'one, and another where it can not answer'],
    ['model use ollama/qwen3:8b', 'one on this machine'],
    ['model use house/llama-4 --base-url http://127.0.0.1:8080/v1', 'on a server of your own'],
    ['model use --offline', 'none'],
  ],
  async run(input, context) {
    const [{ openModelsHere, settingsHere }, { chosenText }, { changedSettings, requireKnown }] = await Promise.all([
      import('../models/with-models.ts'),
      import('../models/model-text.ts'),
      import('../models/choose.ts'),
    ]);
    if (input.models.length > 0 === input.offline) {
      throw new AppError('VALIDATION_ERROR', 'Give models, or --offline.', { hint: 'See `qd model use --help`.' });
    }
    const file = settingsHere(context);
    const before = await file.read();
    await file.change((settings) => changedSettings(settings, input));
    try {
      const models = await openModelsHere(context);
      if (!input.force) await requireKnown(input.models, models, context);
      const used = (models.chain('chat')?.choices ?? []).map(({ provider, model }) => `${provider.id}/${model}`);
      context.out.write(`${chosenText(models, used)}\n`);
      return 0;
    } catch (thrown) {
      await file.change(() => before); // What can't be asked is not chosen.
      throw thrown;
    }
  },
});
