import { azure } from '../../providers/azure.ts';
import { openai } from '../../providers/openai.ts';
import { countOf, halves, type RecordedFailure, type ScriptedAnswer, sse, type WireFormat } from '../wire-format.ts';

const model = 'gpt-5.4-codex';
const error = (message: string, type: string, code: string | null, param: string | null = null) => JSON.stringify({ error: { message, type, param, code } });

/** Frames of the Responses API, numbered as it numbers them. */
function frames({ texts, calls, reason, usage, reasoning = [] }: ScriptedAnswer): string[] {
  const response = { id: 'resp_01', object: 'response', created_at: 1_790_000_000, model, output: [] };
  const refuses = reason === 'refusal';
  const ends = { length: 'max_output_tokens', filtered: 'content_filter', stop: null, toolCalls: null, refusal: null }[reason];
  const steps = [
    { type: 'response.created', response: { ...response, status: 'in_progress' } },
    { type: 'response.in_progress', response: { ...response, status: 'in_progress' } },
    ...reasoningSteps(reasoning),
    ...messageSteps(texts, refuses, reasoning.length > 0 ? 1 : 0),
    ...calls.flatMap(({ id, name, input }, i) => callSteps(id, name, JSON.stringify(input), i + 1 + (reasoning.length > 0 ? 1 : 0))),
    {
      type: ends === null ? 'response.completed' : 'response.incomplete',
      response: {
        ...response,
        status: ends === null ? 'completed' : 'incomplete',
        incomplete_details: ends === null ? null : { reason: ends },
        usage: {
          input_tokens: usage.input,
          input_tokens_details: { cached_tokens: usage.cacheRead ?? 0 },
          output_tokens: usage.output,
          output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
          total_tokens: (usage.input ?? 0) + (usage.output ?? 0),
        },
      },
    },
  ];
  return steps.map((step, sequence_number) => sse({ ...step, sequence_number }, step.type));
}

function reasoningSteps(texts: readonly string[]) {
  if (texts.length === 0) return [];
  const at = { output_index: 0, item_id: 'rs_1', summary_index: 0 };
  return [
    { type: 'response.output_item.added', output_index: 0, item: { id: 'rs_1', type: 'reasoning', summary: [] } },
    { type: 'response.reasoning_summary_part.added', ...at, part: { type: 'summary_text', text: '' } },
    ...texts.map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...at, delta })),
    { type: 'response.reasoning_summary_part.done', ...at, part: { type: 'summary_text', text: texts.join('') } },
    { type: 'response.output_item.done', output_index: 0, item: { id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: texts.join('') }] } },
  ];
}

function messageSteps(texts: readonly string[], refuses: boolean, output_index: number) {
  const item = { id: 'msg_01', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
  const at = { output_index, content_index: 0, item_id: item.id };
  const part = refuses ? { type: 'refusal', refusal: '' } : { type: 'output_text', text: '', annotations: [] };
  const name = refuses ? 'response.refusal' : 'response.output_text';
  const whole = texts.join('');
  const content = refuses ? [{ type: 'refusal', refusal: whole }] : [{ type: 'output_text', text: whole, annotations: [] }];
  return [
    { type: 'response.output_item.added', output_index, item },
    { type: 'response.content_part.added', ...at, part },
    ...texts.map((delta) => ({ type: `${name}.delta`, ...at, delta })),
    refuses ? { type: `${name}.done`, ...at, refusal: whole } : { type: `${name}.done`, ...at, text: whole },
    { type: 'response.output_item.done', output_index, item: { ...item, status: 'completed', content } },
  ];
}

function callSteps(call_id: string, name: string, args: string, output_index: number) {
  const item = { id: `fc_${output_index}`, type: 'function_call', call_id, name, arguments: '', status: 'in_progress' };
  const at = { output_index, item_id: item.id };
  return [
    { type: 'response.output_item.added', output_index, item },
    ...halves(args).map((delta) => ({ type: 'response.function_call_arguments.delta', ...at, delta })),
    { type: 'response.function_call_arguments.done', ...at, arguments: args },
    { type: 'response.output_item.done', output_index, item: { ...item, arguments: args, status: 'completed' } },
  ];
}

export const openAiFailures: readonly RecordedFailure[] = [
  { kind: 'overloaded', status: 503, body: error('The server is overloaded.', 'server_error', 'server_is_overloaded') },
  { kind: 'overloaded', status: 429, body: error('Slow down.', 'requests', 'slow_down') },
  {
    kind: 'rateLimited',
    status: 429,
    headers: { 'retry-after-ms': '1500', 'x-request-id': 'req_9' },
    body: error('Rate limit reached for gpt-5.4 in organization org-1 on tokens per min (TPM)', 'tokens', 'rate_limit_exceeded'),
    retryAfterMs: 1_500,
  },
  {
    kind: 'quota',
    status: 429,
    body: error('You exceeded your current quota, please check your plan and billing details.', 'insufficient_quota', 'insufficient_quota'),
  },
  { kind: 'quota', status: 429, body: error('Project spend limit.', 'insufficient_quota', 'project_spend_limit_exceeded') },
  { kind: 'auth', status: 401, body: error('Incorrect API key provided: sk-proj-************x2Kq.', 'invalid_request_error', 'invalid_api_key') },
  {
    kind: 'unknownModel',
    status: 404,
    body: error('The model `gpt-9` does not exist or you do not have access to it.', 'invalid_request_error', 'model_not_found'),
  },
  {
    kind: 'contextOverflow',
    status: 400,
    body: error('Your input exceeds the context window of this model.', 'invalid_request_error', 'context_length_exceeded', 'input'),
  },
  {
    kind: 'badRequest',
    status: 400,
    body: error("Unsupported parameter: 'temperature' is not supported with this model.", 'invalid_request_error', null, 'temperature'),
  },
  { kind: 'overloaded', status: 500, body: error('The server had an error while processing your request.', 'server_error', null) },
];

export const openaiFormat: WireFormat = {
  kind: openai,
  model,
  key: `sk-proj-${'x9Y8z7W6'.repeat(5)}`,
  streams: 'text/event-stream',
  answers: /\/responses$/,
  frames,
  lacks: ['cacheWrite'],
  reported: {
    frame: sse({ type: 'error', code: 'server_is_overloaded', message: 'Our servers are currently overloaded.', param: null, sequence_number: 9 }, 'error'),
    kind: 'overloaded',
  },
  garbage: 'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","del\n\n',
  failures: openAiFailures,
  lists: {
    '/v1/models': {
      object: 'list',
      data: [model, 'gpt-5.4', 'text-embedding-3-large', 'gpt-image-2'].map((id) => ({ id, object: 'model', owned_by: 'openai' })),
    },
  },
  listed: [model, 'gpt-5.4'],
  sent: (body) => ({ model: body.model, messages: countOf(body.input) - 2, tools: countOf(body.tools) }),
};

export const azureFormat: WireFormat = {
  ...openaiFormat,
  kind: azure,
  key: '0123456789abcdef'.repeat(2),
  failures: [
    { kind: 'overloaded', status: 503, body: error('The engine is currently overloaded, please try again later', 'server_error', null) },
    {
      kind: 'rateLimited',
      status: 429,
      headers: { 'retry-after': '7', 'apim-request-id': 'a-1' },
      body: JSON.stringify({ error: { code: '429', message: 'Requests have exceeded call rate limit of your current pricing tier.' } }),
      retryAfterMs: 7_000,
    },
    {
      kind: 'filtered',
      status: 400,
      body: JSON.stringify({
        error: {
          message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
          code: 'content_filter',
          innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: { jailbreak: { filtered: true, detected: true } } },
        },
      }),
    },
    {
      kind: 'auth',
      status: 401,
      body: JSON.stringify({ error: { code: '401', message: 'Access denied due to invalid subscription key or wrong API endpoint.' } }),
    },
    {
      kind: 'unknownModel',
      status: 404,
      body: JSON.stringify({ error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' } }),
    },
    {
      kind: 'contextOverflow',
      status: 400,
      body: error("This model's maximum context length is 128000 tokens.", 'invalid_request_error', 'context_length_exceeded'),
    },
    { kind: 'badRequest', status: 400, body: error('Invalid schema.', 'invalid_request_error', 'invalid_function_parameters') },
  ],
};
