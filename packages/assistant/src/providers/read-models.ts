import * as z from 'zod';
import type { ModelInfo } from '../model/model-port.ts';
import { jsonOf } from './json-of.ts';
import type { Wire } from './sdk-provider.ts';
import { BrokenStep } from './step-reader.ts';

/** A GET (or a POST with a body) that answers in JSON of a form. Throws BrokenStep for any other. */
export async function readJson<T>(
  { fetch }: Wire,
  url: string,
  schema: z.ZodType<T>,
  signal: AbortSignal,
  init: { headers?: Record<string, string>; body?: unknown } = {},
): Promise<T> {
  const { headers = {}, body } = init;
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    signal,
    ...post,
  });
  const parsed = schema.safeParse(jsonOf(await response.text()));
  if (!parsed.success) throw new BrokenStep('malformed', `${new URL(url).pathname} answers something else than a list of models.`);
  return parsed.data;
}

/** Names of models that make no text: they are listed with the others by OpenAI and its like. */
const otherThanText = /embed|whisper|tts|dall-e|image|moderation|audio|realtime|transcribe|sora|babbage|davinci|rerank|ocr/i;

const listSchema = z.object({
  data: z.array(
    z.looseObject({
      id: z.string(),
      /** vLLM. */
      max_model_len: z.number().nullish(),
      /** Mistral. */
      max_context_length: z.number().nullish(),
      /** OpenRouter and LiteLLM. */
      context_length: z.number().nullish(),
      /** llama.cpp. */
      meta: z.looseObject({ n_ctx_train: z.number().nullish() }).nullish(),
      capabilities: z.unknown().optional(),
    }),
  ),
});

/** The list that OpenAI's API has, and everything that copies it. */
export async function openAiModels(wire: Wire, headers: Record<string, string>, signal: AbortSignal): Promise<ModelInfo[]> {
  const { data } = await readJson(wire, `${wire.baseUrl}/models`, listSchema, signal, { headers });
  return data
    .filter(({ id }) => !otherThanText.test(id))
    .map(({ id, max_model_len, max_context_length, context_length, meta, capabilities }) => ({
      id,
      contextWindow: max_model_len ?? max_context_length ?? context_length ?? meta?.n_ctx_train ?? null,
      maxOutput: null,
      tools: !saysNoTools(capabilities),
    }));
}

function saysNoTools(capabilities: unknown): boolean {
  return typeof capabilities === 'object' && capabilities !== null && 'function_calling' in capabilities && capabilities.function_calling === false;
}
