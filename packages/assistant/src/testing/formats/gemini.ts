import { gemini } from '../../providers/gemini.ts';
import { countOf, type ScriptedAnswer, sse, type WireFormat } from '../wire-format.ts';

const model = 'gemini-3-pro';
const error = (code: number, status: string, message: string, details: object[] = []) => JSON.stringify({ error: { code, message, status, details } });
const finishReasons = { stop: 'STOP', toolCalls: 'STOP', length: 'MAX_TOKENS', filtered: 'SAFETY', refusal: 'SAFETY' };

function frames({ texts, calls, reason, usage, reasoning = [] }: ScriptedAnswer): string[] {
  const usageMetadata = {
    promptTokenCount: usage.input,
    cachedContentTokenCount: usage.cacheRead ?? 0,
    candidatesTokenCount: (usage.output ?? 0) - (usage.reasoning ?? 0),
    thoughtsTokenCount: usage.reasoning ?? 0,
    totalTokenCount: (usage.input ?? 0) + (usage.output ?? 0),
  };
  const piece = (parts: object[], more: object = {}) =>
    sse({ candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }], usageMetadata, modelVersion: model, responseId: 'r1' });
  return [
    ...reasoning.map((text) => piece([{ text, thought: true }])),
    ...texts.map((text) => piece([{ text }])),
    // Google's own calls have no ids, and the first one of a step is signed.
    ...calls.map(({ name, input }, i) => piece([{ functionCall: { name, args: input }, ...(i === 0 ? { thoughtSignature: 'c2lnbmVk' } : {}) }])),
    piece([{ text: '' }], { finishReason: finishReasons[reason] }),
  ];
}

export const geminiFormat: WireFormat = {
  kind: gemini,
  model,
  key: `AIza${'Sy0123456789abcdefghijklmnopqrstuv_'.slice(0, 35)}`,
  streams: 'text/event-stream',
  answers: /:streamGenerateContent/,
  frames,
  lacks: ['refusal', 'cacheWrite'],
  reported: { frame: sse({ error: { code: 503, message: 'The model is overloaded. Please try again later.', status: 'UNAVAILABLE' } }), kind: 'overloaded' },
  garbage: 'data: {"candidates":[{"content":{"par\n\n',
  failures: [
    { kind: 'overloaded', status: 503, body: error(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.') },
    {
      kind: 'rateLimited',
      status: 429,
      body: error(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', [
        { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel' }] },
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' },
      ]),
      retryAfterMs: 34_500,
    },
    {
      kind: 'quota',
      status: 429,
      body: error(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', [
        { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] },
      ]),
    },
    {
      kind: 'auth',
      status: 400,
      body: error(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' },
      ]),
    },
    { kind: 'auth', status: 403, body: error(403, 'PERMISSION_DENIED', 'Generative Language API has not been used in project 1.') },
    { kind: 'unknownModel', status: 404, body: error(404, 'NOT_FOUND', 'models/gemini-9 is not found for API version v1beta.') },
    {
      kind: 'contextOverflow',
      status: 400,
      body: error(400, 'INVALID_ARGUMENT', 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'),
    },
    { kind: 'badRequest', status: 400, body: error(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unknown name "x".') },
    { kind: 'overloaded', status: 500, body: error(500, 'INTERNAL', 'An internal error has occurred.') },
  ],
  lists: {
    '/v1beta/models': {
      models: [
        { name: `models/${model}`, inputTokenLimit: 1048576, outputTokenLimit: 65536, supportedGenerationMethods: ['generateContent', 'countTokens'] },
        { name: 'models/embedding-001', supportedGenerationMethods: ['embedContent'] },
      ],
    },
  },
  listed: [model],
  sent: (body) => ({ messages: countOf(body.contents), tools: toolsIn(body.tools) }),
};

function toolsIn(tools: unknown): number {
  const [first] = Array.isArray(tools) ? tools : [];
  return typeof first === 'object' && first !== null && 'functionDeclarations' in first ? countOf(first.functionDeclarations) : 0;
}
