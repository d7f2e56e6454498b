import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const modelList = defineCommand({
  name: 'model list',
  summary: 'List the providers of language models and what is asked, or the models of one',
  description: 'Quarterdeck works without any. Of keys only the ends are shown.',
  input: z.object({ provider: z.string().min(1).optional(), output: z.enum(['table', 'json', 'yaml']).default('table') }),
  arguments: { provider: 'Provider whose models are listed' },
  options: { output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' } },
  examples: [
    ['model list', 'which providers there are, and which models are asked'],
    ['model list ollama', 'what is installed there'],
  ],
  async run({ provider, output }, context) {
    const [{ openModelsHere }, { chosenText, modelTable, providerTable, shownProvider }, { modelsOf }] = await Promise.all([
      import('../models/with-models.ts'),
      import('../models/model-text.ts'),
      import('../models/models-of.ts'),
    ]);
    const models = await openModelsHere(context);
    if (provider !== undefined) {
      const found = await modelsOf(provider, models, context.signal);
      context.out.write(
        output === 'table'
          ? modelTable({ provider, local: models.providers.find(({ id }) => id === provider)?.provider?.local ?? false }, found)
          : structured(found, output),
      );
      return 0;
    }
    const providers = models.providers.map(shownProvider);
    const used = (models.chain('chat')?.choices ?? []).map((choice) => `${choice.provider.id}/${choice.model}`);
    const { offline, plans } = models.settings;
    context.out.write(output === 'table' ? providerTable(providers, chosenText(models, used)) : structured({ offline, use: used, plans, providers }, output));
    return 0;
  },
});
