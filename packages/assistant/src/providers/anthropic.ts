import { createAnthropic } from '@ai-sdk/anthropic';
import * as z from 'zod';
import type { ProviderKind } from './provider-kind.ts';
import { readJson } from './read-models.ts';
import { provider, sdkStream } from './sdk-provider.ts';

const listSchema = z.object({ data: z.array(z.object({ id: z.string(), max_input_tokens: z.number().nullish(), max_tokens: z.number().nullish() })) });

export const anthropic: ProviderKind = {
  id: 'anthropic',
  name: 'Anthropic',
  key: {
    variables: ['ANTHROPIC_API_KEY', 'CLAUDE_API_KEY'],
    required: true,
    page: 'https://console.anthropic.com/settings/keys',
    pattern: /^sk-ant-[\w-]{20,}$/,
    form: 'begins with sk-ant-',
  },
  baseUrl: 'https://api.anthropic.com/v1',
  baseUrlExample: 'https://api.anthropic.com/v1',
  suggested: 'claude-sonnet-5',
  create: (options) =>
    provider(anthropic, options, {
      async list(wire, signal) {
        const headers = { 'x-api-key': wire.key, 'anthropic-version': '2023-06-01' };
        const { data } = await readJson(wire, `${wire.baseUrl}/models?limit=1000`, listSchema, signal, { headers });
        return data.map(({ id, max_input_tokens, max_tokens }) => ({
          id,
          contextWindow: max_input_tokens ?? null,
          maxOutput: max_tokens ?? null,
          tools: true,
        }));
      },
      stream: sdkStream((wire, model) => createAnthropic({ baseURL: wire.baseUrl, apiKey: wire.key, fetch: wire.fetch })(model), {
        cacheMark: { anthropic: { cacheControl: { type: 'ephemeral' } } },
      }),
    }),
};
