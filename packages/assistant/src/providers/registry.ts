import { AppError } from '@quarterdeck/contract';
import { anthropic } from './anthropic.ts';
import { azure } from './azure.ts';
import { closestNames } from './closest-names.ts';
import { gemini } from './gemini.ts';
import { mistral } from './mistral.ts';
import { nodeLlamaCpp } from './node-llama-cpp.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { openaiCompatible } from './openai-compatible.ts';
import type { ProviderKind } from './provider-kind.ts';

/** Every kind of provider, in the order in which they are listed and, where nothing is chosen, preferred. */
export const providerKinds: readonly ProviderKind[] = [anthropic, openai, azure, gemini, mistral, ollama, openaiCompatible, nodeLlamaCpp];

/** Throws VALIDATION_ERROR for an id that is none, with those that there are. */
export function providerKind(id: string): ProviderKind {
  const kind = providerKinds.find((one) => one.id === id);
  if (kind !== undefined) return kind;
  const ids = providerKinds.map((one) => one.id);
  const [close] = closestNames(id, ids);
  throw new AppError('VALIDATION_ERROR', `There is no provider ${id}.`, {
    hint: `${close === undefined ? '' : `Did you mean ${close}? `}There are ${ids.join(', ')}.`,
    details: { provider: id, known: ids },
  });
}
