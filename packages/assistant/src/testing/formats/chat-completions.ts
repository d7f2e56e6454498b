import { mistral } from '../../providers/mistral.ts';
import { openaiCompatible } from '../../providers/openai-compatible.ts';
import { countOf, halves, type ScriptedAnswer, sse, type WireFormat } from '../wire-format.ts';
import { openAiFailures } from './openai.ts';

const finishReasons = { stop: 'stop', length: 'length', toolCalls: 'tool_calls', filtered: 'content_filter', refusal: 'stop' };
const done = 'data: [DONE]\n\n';

/** Chunks of Chat Completions; `reasons` is the field in which this server puts what the model thinks. */
function chunks(model: string, { texts, calls, reason, usage, reasoning = [] }: ScriptedAnswer, usageAlone: boolean): string[] {
  const chunk = (delta: object, finish_reason: string | null = null, more: object = {}) =>
    sse({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_790_000_000, model, choices: [{ index: 0, delta, finish_reason }], ...more });
  const tokens = {
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: (usage.input ?? 0) + (usage.output ?? 0),
      prompt_tokens_details: { cached_tokens: usage.cacheRead ?? 0 },
      ...(usage.reasoning === null ? {} : { completion_tokens_details: { reasoning_tokens: usage.reasoning } }),
    },
  };
  return [
    chunk({ role: 'assistant', content: '' }),
    ...reasoning.map((reasoning_content) => chunk({ reasoning_content })),
    ...texts.map((text) => chunk(reason === 'refusal' ? { refusal: text } : { content: text })),
    ...calls.flatMap(({ id, name, input }, index) => {
      const [first, second] = halves(JSON.stringify(input));
      return [
        chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: first } }] }),
        chunk({ tool_calls: [{ index, function: { arguments: second } }] }),
      ];
    }),
    ...(usageAlone
      ? [chunk({}, finishReasons[reason]), sse({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_790_000_000, model, choices: [], ...tokens })]
      : [chunk({ content: '' }, finishReasons[reason], tokens)]),
    done,
  ];
}

const local = 'qwen3-8b-q4_k_m.gguf';
export const openaiCompatibleFormat: WireFormat = {
  kind: openaiCompatible,
  model: local,
  key: 'gateway-token-0123456789',
  streams: 'text/event-stream',
  answers: /\/chat\/completions$/,
  frames: (answer) => chunks(local, answer, true),
  lacks: ['cacheWrite'],
  reported: { frame: sse({ error: { code: 500, message: 'slot is unavailable', type: 'server_error' } }), kind: 'overloaded' },
  garbage: 'data: {"id":"chatcmpl-1","choices":[{"del\n\n',
  failures: [
    ...openAiFailures,
    {
      kind: 'overloaded',
      status: 503,
      body: JSON.stringify({ error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }),
      retryAfterMs: 2_000,
    },
    {
      kind: 'contextOverflow',
      status: 400,
      body: JSON.stringify({
        error: {
          code: 400,
          message: 'the request exceeds the available context size. try increasing the context size or enable context shift',
          type: 'exceed_context_size_error',
          n_ctx: 4096,
        },
      }),
    },
    {
      kind: 'unknownModel',
      status: 404,
      body: JSON.stringify({ object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', param: null, code: 404 }),
    },
    { kind: 'auth', status: 401, body: JSON.stringify({ error: 'Unauthorized' }) },
  ],
  lists: { '/v1/models': { object: 'list', data: [{ id: local, object: 'model', owned_by: 'llamacpp', meta: { n_ctx_train: 40960 } }] } },
  listed: [local],
  sent: (body) => ({ model: body.model, messages: countOf(body.messages) - 2, tools: countOf(body.tools) }),
};

const large = 'mistral-large-latest';
export const mistralFormat: WireFormat = {
  kind: mistral,
  model: large,
  key: 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF',
  streams: 'text/event-stream',
  answers: /\/chat\/completions$/,
  frames: (answer) => chunks(large, answer, false),
  lacks: ['cacheWrite', 'refusal', 'filtered', 'reasoning'],
  reported: {
    frame: sse({ object: 'error', message: 'Service tier capacity exceeded for this model.', type: 'service_tier_capacity_exceeded', code: '503' }),
    kind: 'overloaded',
  },
  garbage: 'data: {"id":"cmpl-1","choices":[{"del\n\n',
  failures: [
    { kind: 'overloaded', status: 503, body: JSON.stringify({ object: 'error', message: 'Service unavailable.', type: 'service_unavailable', code: null }) },
    {
      kind: 'rateLimited',
      status: 429,
      headers: { 'retry-after': '3' },
      body: JSON.stringify({ object: 'error', message: 'Requests rate limit exceeded', type: 'rate_limited', param: null, code: '1300' }),
      retryAfterMs: 3_000,
    },
    { kind: 'auth', status: 401, body: JSON.stringify({ message: 'Unauthorized', request_id: 'm-1' }) },
    { kind: 'quota', status: 402, body: JSON.stringify({ object: 'error', message: 'Payment required.', type: 'payment_required' }) },
    {
      kind: 'unknownModel',
      status: 400,
      body: JSON.stringify({ object: 'error', message: 'Invalid model: mistral-huge', type: 'invalid_model', param: null, code: '1500' }),
    },
    {
      kind: 'contextOverflow',
      status: 400,
      body: JSON.stringify({
        object: 'error',
        message: 'Prompt contains 140000 tokens and 0 draft tokens, too large for model with 131072 maximum context length',
        type: 'invalid_request_error',
        code: '3051',
      }),
    },
    {
      kind: 'badRequest',
      status: 422,
      body: JSON.stringify({ detail: [{ type: 'extra_forbidden', loc: ['body', 'x'], msg: 'Extra inputs are not permitted' }] }),
    },
  ],
  lists: {
    '/v1/models': {
      object: 'list',
      data: [
        { id: large, max_context_length: 131072, capabilities: { completion_chat: true, function_calling: true } },
        { id: 'mistral-embed', capabilities: { completion_chat: false, function_calling: false } },
      ],
    },
  },
  listed: [large],
  sent: (body) => ({ model: body.model, messages: countOf(body.messages) - 2, tools: countOf(body.tools) }),
};
