import { anthropic } from '../../providers/anthropic.ts';
import { countOf, halves, type ScriptedAnswer, sse, type WireFormat } from '../wire-format.ts';

const model = 'claude-sonnet-5';
const event = (data: { type: string } & Record<string, unknown>) => sse(data, data.type);
const error = (type: string, message: string, more: object = {}) => JSON.stringify({ type: 'error', error: { type, message, ...more }, request_id: 'req_011' });
const stopReasons = { stop: 'end_turn', length: 'max_tokens', toolCalls: 'tool_use', refusal: 'refusal', filtered: 'refusal' };

function block(index: number, start: object, deltas: readonly object[]): string[] {
  return [
    event({ type: 'content_block_start', index, content_block: start }),
    ...deltas.map((delta) => event({ type: 'content_block_delta', index, delta })),
    event({ type: 'content_block_stop', index }),
  ];
}

function frames({ texts, calls, reason, usage, reasoning = [] }: ScriptedAnswer): string[] {
  const blocks: [object, object[]][] = [
    ...(reasoning.length === 0
      ? []
      : [[{ type: 'thinking', thinking: '', signature: '' }, reasoning.map((thinking) => ({ type: 'thinking_delta', thinking }))] as [object, object[]]]),
    [{ type: 'text', text: '' }, texts.map((text) => ({ type: 'text_delta', text }))],
    ...calls.map(({ id, name, input }): [object, object[]] => [
      { type: 'tool_use', id, name, input: {} },
      ['', ...halves(JSON.stringify(input))].map((partial_json) => ({ type: 'input_json_delta', partial_json })),
    ]),
  ];
  const { input, cacheRead, cacheWrite, output } = usage;
  const fresh = (input ?? 0) - (cacheRead ?? 0) - (cacheWrite ?? 0);
  const tokens = { input_tokens: fresh, cache_creation_input_tokens: cacheWrite ?? 0, cache_read_input_tokens: cacheRead ?? 0 };
  return [
    event({
      type: 'message_start',
      message: {
        id: 'msg_01',
        type: 'message',
        role: 'assistant',
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { ...tokens, output_tokens: 1 },
      },
    }),
    event({ type: 'ping' }),
    ...blocks.flatMap(([start, deltas], index) => block(index, start, deltas)),
    event({ type: 'message_delta', delta: { stop_reason: stopReasons[reason], stop_sequence: null }, usage: { output_tokens: output ?? 0 } }),
    event({ type: 'message_stop' }),
  ];
}

export const anthropicFormat: WireFormat = {
  kind: anthropic,
  model,
  key: `sk-ant-api03-${'a1B2c3D4'.repeat(4)}-AAAAAA`,
  streams: 'text/event-stream',
  answers: /\/messages$/,
  frames,
  lacks: ['filtered'],
  reported: { frame: event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }), kind: 'overloaded' },
  garbage: 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"del\n\n',
  failures: [
    { kind: 'overloaded', status: 529, body: error('overloaded_error', 'Overloaded') },
    {
      kind: 'rateLimited',
      status: 429,
      headers: { 'retry-after': '12', 'request-id': 'req_011' },
      body: error('rate_limit_error', 'Number of request tokens has exceeded your per-minute rate limit'),
      retryAfterMs: 12_000,
    },
    {
      kind: 'quota',
      status: 400,
      body: error(
        'invalid_request_error',
        'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
      ),
    },
    { kind: 'quota', status: 402, body: error('billing_error', 'Payment required') },
    { kind: 'quota', status: 429, body: error('rate_limit_error', 'Spend limit', { details: { error_code: 'enforced_spend_limit_reached' } }) },
    { kind: 'auth', status: 401, body: error('authentication_error', 'invalid x-api-key') },
    { kind: 'auth', status: 403, body: error('permission_error', 'Your API key does not have permission to use the specified resource.') },
    { kind: 'unknownModel', status: 404, body: error('not_found_error', 'model: claude-sonet-5') },
    { kind: 'contextOverflow', status: 400, body: error('invalid_request_error', 'prompt is too long: 214315 tokens > 200000 maximum') },
    { kind: 'contextOverflow', status: 413, body: error('request_too_large', 'Request exceeds the maximum size') },
    { kind: 'badRequest', status: 400, body: error('invalid_request_error', 'tools.0.input_schema: JSON schema is invalid') },
    { kind: 'overloaded', status: 500, body: error('api_error', 'Internal server error') },
  ],
  lists: {
    '/v1/models': {
      data: [
        { type: 'model', id: model, display_name: 'Claude Sonnet 5' },
        { type: 'model', id: 'claude-opus-5.5' },
      ],
      has_more: false,
    },
  },
  listed: [model, 'claude-opus-5.5'],
  sent: (body) => ({ model: body.model, messages: countOf(body.messages), tools: countOf(body.tools) }),
};
