import * as z from 'zod';
import type { ModelInfo } from '../model/model-port.ts';
import { ollamaStream } from './ollama-stream.ts';
import type { ProviderKind } from './provider-kind.ts';
import { readJson } from './read-models.ts';
import { provider, type Wire } from './sdk-provider.ts';
import { withoutThinking } from './split-thinking.ts';

const tagsSchema = z.object({ models: z.array(z.object({ name: z.string() })) });
const showSchema = z.looseObject({ capabilities: z.array(z.string()).nullish(), model_info: z.record(z.string(), z.unknown()).nullish() });

/**
 * Tokens that a model is given unless the settings say otherwise. Ollama itself takes 4,096 on most machines and cuts
 * what is more without a word, so it is always told.
 */
const usualContext = 8_192;

/** Its own API: only that takes the size of the context. */
export const ollama: ProviderKind = {
  id: 'ollama',
  name: 'Ollama',
  key: { variables: ['OLLAMA_API_KEY'], required: false, page: null, pattern: null, form: '' },
  baseUrl: 'http://127.0.0.1:11434',
  baseUrlExample: 'http://127.0.0.1:11434',
  suggested: null,
  create: (options) =>
    provider(ollama, options, {
      async list(wire, signal) {
        const { models } = await readJson(wire, `${wire.baseUrl}/api/tags`, tagsSchema, signal, { headers: bearer(wire) });
        const infos = await Promise.all(models.map(({ name }) => describe(name, options.contextWindow ?? usualContext, wire, signal)));
        return infos.filter((info) => info !== null);
      },
      stream: withoutThinking((request, wire, signal) =>
        ollamaStream(
          { ...request, model: tagged(request.model) },
          { ...wire, headers: bearer(wire), contextWindow: options.contextWindow ?? usualContext },
          signal,
        ),
      ),
    }),
};

/** `llama3.2` is `llama3.2:latest` in all that Ollama says. A registry's port is no tag. */
export function tagged(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1).includes(':') ? model : `${model}:latest`;
}

/** Null for a model that makes no text. */
async function describe(name: string, given: number, wire: Wire, signal: AbortSignal): Promise<ModelInfo | null> {
  const { capabilities, model_info } = await readJson(wire, `${wire.baseUrl}/api/show`, showSchema, signal, { headers: bearer(wire), body: { model: name } });
  if (capabilities && !capabilities.includes('completion')) return null;
  const window = Object.entries(model_info ?? {}).find(([key]) => key.endsWith('.context_length'))?.[1];
  return {
    id: name,
    contextWindow: typeof window === 'number' ? Math.min(window, given) : given,
    maxOutput: null,
    tools: capabilities?.includes('tools') ?? true,
  };
}

function bearer({ key }: Wire): Record<string, string> {
  return key === '' ? {} : { authorization: `Bearer ${key}` };
}
