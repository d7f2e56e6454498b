import { createGoogle } from '@ai-sdk/google';
import * as z from 'zod';
import type { ProviderKind } from './provider-kind.ts';
import { readJson } from './read-models.ts';
import { provider, sdkStream } from './sdk-provider.ts';

const listSchema = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      inputTokenLimit: z.number().nullish(),
      outputTokenLimit: z.number().nullish(),
      supportedGenerationMethods: z.array(z.string()).nullish(),
    }),
  ),
});

export const gemini: ProviderKind = {
  id: 'gemini',
  name: 'Google Gemini',
  key: {
    variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    required: true,
    page: 'https://aistudio.google.com/apikey',
    pattern: /^(?:AIza[\w-]{35}|AQ\.[\w-]{20,})$/,
    form: 'begins with AIza or AQ.',
  },
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  baseUrlExample: 'https://generativelanguage.googleapis.com/v1beta',
  suggested: 'gemini-3.8-flash',
  create: (options) =>
    provider(gemini, options, {
      async list(wire, signal) {
        const { models } = await readJson(wire, `${wire.baseUrl}/models?pageSize=1000`, listSchema, signal, { headers: { 'x-goog-api-key': wire.key } });
        return models
          .filter(({ supportedGenerationMethods }) => supportedGenerationMethods?.includes('generateContent') ?? true)
          .map(({ name, inputTokenLimit, outputTokenLimit }) => ({
            id: name.replace(/^models\//, ''),
            contextWindow: inputTokenLimit ?? null,
            maxOutput: outputTokenLimit ?? null,
            tools: true,
          }));
      },
      stream: sdkStream((wire, model) => createGoogle({ baseURL: wire.baseUrl, apiKey: wire.key, fetch: wire.fetch })(model), {}),
    }),
};
