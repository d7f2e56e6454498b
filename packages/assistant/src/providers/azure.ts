import { createOpenAI } from '@ai-sdk/openai';
import type { Fetch, ProviderKind } from './provider-kind.ts';
import { openAiModels } from './read-models.ts';
import { provider, sdkStream } from './sdk-provider.ts';

/** The v1 API, which is OpenAI's Responses API. Models are deployments here: their names are those that somebody gave them. */
export const azure: ProviderKind = {
  id: 'azure',
  name: 'Azure OpenAI',
  key: {
    variables: ['AZURE_API_KEY', 'AZURE_OPENAI_API_KEY'],
    required: true,
    page: 'https://portal.azure.com',
    pattern: /^(?:[0-9a-f]{32}|[A-Za-z0-9]{80,90})$/,
    form: 'has 32 hexadecimal digits, or 84 letters and digits',
  },
  baseUrl: null,
  baseUrlExample: 'https://NAME.openai.azure.com/openai/v1',
  suggested: null,
  create: (options) =>
    provider(azure, options, {
      list: (wire, signal) => openAiModels(wire, { 'api-key': wire.key }, signal),
      stream: sdkStream((wire, model) => createOpenAI({ baseURL: wire.baseUrl, apiKey: wire.key, fetch: withApiKey(wire.key, wire.fetch) }).responses(model), {
        options: { openai: { store: false, strictJsonSchema: false } },
      }),
    }),
};

/** The API is OpenAI's, but for the header that the key is sent in. */
function withApiKey(key: string, fetch: Fetch): Fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.delete('authorization');
    headers.set('api-key', key);
    return fetch(input, { ...init, headers });
  };
}
