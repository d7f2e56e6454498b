import { createMistral } from '@ai-sdk/mistral';
import type { ProviderKind } from './provider-kind.ts';
import { openAiModels } from './read-models.ts';
import { provider, sdkStream } from './sdk-provider.ts';

export const mistral: ProviderKind = {
  id: 'mistral',
  name: 'Mistral',
  key: {
    variables: ['MISTRAL_API_KEY'],
    required: true,
    page: 'https://console.mistral.ai/api-keys',
    pattern: /^[A-Za-z0-9]{32}$/,
    form: 'has 32 letters and digits',
  },
  baseUrl: 'https://api.mistral.ai/v1',
  baseUrlExample: 'https://api.mistral.ai/v1',
  suggested: 'mistral-large-latest',
  create: (options) =>
    provider(mistral, options, {
      list: (wire, signal) => openAiModels(wire, { authorization: `Bearer ${wire.key}` }, signal),
      stream: sdkStream((wire, model) => createMistral({ baseURL: wire.baseUrl, apiKey: wire.key, fetch: wire.fetch })(model), {}),
    }),
};
