import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { requireProvider } from './model-key-set.ts';

export const modelKeyRemove = defineCommand({
  name: 'model key remove',
  summary: 'Remove the stored key of a provider of language models',
  input: z.object({ provider: z.string().min(1) }),
  arguments: { provider: 'Provider, as `qd model list` has it' },
  options: {},
  examples: [['model key remove anthropic', 'from the encrypted store and the keychain']],
  async run({ provider }, context) {
    const [{ vaultName }, { vaultsHere, openModelsHere }] = await Promise.all([import('@quarterdeck/assistant'), import('../models/with-models.ts')]);
    requireProvider(provider, await openModelsHere(context));
    const { keychain, store } = vaultsHere(context);
    const removed = [];
    for (const vault of [keychain, store]) if (await vault.delete(vaultName(provider))) removed.push(vault.name);
    context.out.write(removed.length === 0 ? `No key of ${provider} is stored\n` : `Removed the key of ${provider} from ${removed.join(' and ')}\n`);
    return 0;
  },
});
