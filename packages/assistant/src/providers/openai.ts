import { createOpenAI } from '@ai-sdk/openai';
import type { ProviderKind } from './provider-kind.ts';
import { openAiModels } from './read-models.ts';
import { provider, sdkStream } from './sdk-provider.ts';

/** The Responses API. Nothing is stored at OpenAI, so that what was asked is not kept there either. */
export const openai: ProviderKind = {
  id: 'openai',
  name: 'OpenAI',
  key: {
    variables: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
    required: true,
    page: 'https://platform.openai.com/api-keys',
    pattern: /^sk-(?!ant-)[\w-]{20,}$/,
    form: 'begins with sk-',
  },
  baseUrl: 'https://api.openai.com/v1',
  baseUrlExample: 'https://api.openai.com/v1',
  suggested: 'gpt-6-sol',
  create: (options) =>
    provider(openai, options, {
      list: (wire, signal) => openAiModels(wire, { authorization: `Bearer ${wire.key}` }, signal),
      stream: sdkStream((wire, model) => createOpenAI({ baseURL: wire.baseUrl, apiKey: wire.key, fetch: wire.fetch }).responses(model), {
        options: { openai: { store: false, strictJsonSchema: false } },
      }),
    }),
};
