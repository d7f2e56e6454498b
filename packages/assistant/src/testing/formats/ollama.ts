import { ollama } from '../../providers/ollama.ts';
import { countOf, type ScriptedAnswer, type WireFormat } from '../wire-format.ts';

const model = 'qwen3:8b';
const line = (value: object) => `${JSON.stringify(value)}\n`;

function frames({ texts, calls, reason, usage, reasoning = [] }: ScriptedAnswer): string[] {
  const piece = (message: object, more: object = {}) =>
    line({ model, created_at: '2026-11-21T10:00:00.1Z', message: { role: 'assistant', content: '', ...message }, done: false, ...more });
  return [
    ...reasoning.map((thinking) => piece({ thinking })),
    ...texts.map((content) => piece({ content })),
    ...calls.map(({ id, name, input }) => piece({ tool_calls: [{ id, function: { name, arguments: input } }] })),
    piece(
      {},
      { done: true, done_reason: reason === 'length' ? 'length' : 'stop', total_duration: 1, prompt_eval_count: usage.input, eval_count: usage.output },
    ),
  ];
}

export const ollamaFormat: WireFormat = {
  kind: ollama,
  model,
  key: 'ollama-0123456789abcdef',
  streams: 'application/x-ndjson',
  answers: /\/api\/chat$/,
  frames,
  lacks: ['refusal', 'filtered', 'cache', 'cacheWrite', 'reasoning'],
  reported: { frame: line({ error: 'an error was encountered while running the model: unexpected EOF' }), kind: 'overloaded' },
  garbage: '{"model":"qwen3:8b","mess\n',
  failures: [
    { kind: 'unknownModel', status: 404, body: '{"error":"model \'qwen9\' not found"}' },
    { kind: 'badRequest', status: 400, body: '{"error":"registry.ollama.ai/library/gemma:2b does not support tools"}' },
    { kind: 'rateLimited', status: 429, body: '{"error":"too many concurrent requests"}' },
    { kind: 'overloaded', status: 500, body: '{"error":"model requires more system memory (9.1 GiB) than is available (4.2 GiB)"}' },
    { kind: 'overloaded', status: 503, body: '{"error":"server busy, please try again.  maximum pending requests exceeded"}' },
    { kind: 'auth', status: 401, body: '{"error":"unauthorized","signin_url":"https://ollama.com/connect"}' },
  ],
  lists: {
    '/api/tags': { models: [{ name: model }, { name: 'nomic-embed-text:latest' }] },
    '/api/show': { capabilities: ['completion', 'tools'], model_info: { 'qwen3.context_length': 40960 } },
    'nomic-embed-text:latest': { capabilities: ['embedding'], model_info: {} },
  },
  listed: [model],
  sent: (body) => ({ model: body.model, messages: countOf(body.messages) - 1, tools: countOf(body.tools) }),
};
