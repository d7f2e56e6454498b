import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const modelKeySet = defineCommand({
  name: 'model key set',
  summary: 'Store the key of a provider of language models',
  description:
    'The key is asked for, or read from standard input; it is never an argument, where other programs could see it. An environment variable of the provider goes before it.',
  input: z.object({ provider: z.string().min(1), keychain: z.boolean().default(false), force: z.boolean().default(false) }),
  arguments: { provider: 'Provider, as `qd model list` has it' },
  options: {
    keychain: { description: "In this system's keychain (default: in the encrypted store)" },
    force: { description: 'Also where it does not look like a key of this provider' },
  },
  examples: [
    ['model key set anthropic', 'asks for it'],
    ['model key set openai < key.txt', 'reads it'],
  ],
  async run({ provider, keychain, force }, context) {
    const [{ ApiKey, checkKey, vaultName }, { vaultsHere, openModelsHere }] = await Promise.all([
      import('@quarterdeck/assistant'),
      import('../models/with-models.ts'),
    ]);
    const { kind } = requireProvider(provider, await openModelsHere(context));
    const pasted = context.input.isTerminal ? await context.input.ask(`Key for ${kind.name} (not shown): `, { hidden: true }) : await context.input.readAll();
    const key = force ? new ApiKey(pasted.trim()) : checkKey(kind, pasted);
    const vaults = vaultsHere(context);
    const vault = keychain ? vaults.keychain : vaults.store;
    await vault.put(vaultName(provider), key.reveal());
    const before = kind.key?.variables.find((name) => context.environment[name]?.trim());
    context.out.write(`Stored ${key} in ${vault.name}; \`qd model test\` tries it\n`);
    if (before !== undefined) context.err.write(`The variable ${before} is set and goes before it.\n`);
    return 0;
  },
});

/** Throws NOT_FOUND with those that there are. */
export function requireProvider<T extends { id: string }>(id: string, { providers }: { providers: readonly T[] }): T {
  const found = providers.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new AppError('NOT_FOUND', `There is no provider ${id}.`, { hint: `There are ${providers.map((one) => one.id).join(', ')}.` });
}
