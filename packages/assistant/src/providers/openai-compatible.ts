import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { ProviderKind } from './provider-kind.ts';
import { openAiModels } from './read-models.ts';
import { provider, sdkStream } from './sdk-provider.ts';
import { withoutThinking } from './split-thinking.ts';

/** Whatever speaks OpenAI's Chat Completions: llama.cpp, vLLM, LM Studio, gateways. */
export const openaiCompatible: ProviderKind = {
  id: 'openai-compatible',
  name: 'OpenAI-compatible server',
  key: { variables: [], required: false, page: null, pattern: null, form: '' },
  baseUrl: null,
  baseUrlExample: 'http://127.0.0.1:8080/v1',
  suggested: null,
  create: (options) =>
    provider(openaiCompatible, options, {
      list: (wire, signal) => openAiModels(wire, wire.key === '' ? {} : { authorization: `Bearer ${wire.key}` }, signal),
      stream: withoutThinking(
        sdkStream(
          (wire, model) =>
            createOpenAICompatible({
              name: 'endpoint',
              baseURL: wire.baseUrl,
              ...(wire.key === '' ? {} : { apiKey: wire.key }),
              fetch: wire.fetch,
              includeUsage: true,
              supportsStructuredOutputs: true,
            })(model),
          {},
        ),
      ),
    }),
};
