import * as z from 'zod';
import type { FinishReason, ModelEvent, ModelMessage, ModelRequest, ToolCall } from '../model/model-port.ts';
import { jsonOf } from './json-of.ts';
import { jsonSchemaOf } from './json-schema.ts';
import type { Wire } from './sdk-provider.ts';
import { BrokenStep, ReportedFailure } from './step-reader.ts';

const longestLine = 4 * 1024 * 1024;

const lineSchema = z.union([
  z.object({ error: z.string() }),
  z.object({
    model: z.string().optional(),
    message: z.object({
      content: z.string().default(''),
      thinking: z.string().nullish(),
      tool_calls: z.array(z.object({ id: z.string().nullish(), function: z.object({ name: z.string(), arguments: z.unknown() }) })).nullish(),
    }),
    done: z.boolean(),
    done_reason: z.string().nullish(),
    prompt_eval_count: z.number().nullish(),
    eval_count: z.number().nullish(),
  }),
]);
type Line = Exclude<z.output<typeof lineSchema>, { error: string }>;

interface OllamaWire extends Wire {
  headers: Record<string, string>;
  /** Tokens. */
  contextWindow: number;
}

/**
 * One answer of `/api/chat`, a line of JSON a piece. Its errors on the way keep status 200 and are a line of their own;
 * an answer without a last line with `done` was cut.
 */
export async function* ollamaStream(
  request: ModelRequest,
  { fetch, baseUrl, headers, contextWindow }: OllamaWire,
  signal: AbortSignal,
): AsyncIterable<ModelEvent> {
  const ended = new AbortController();
  const response = await fetch(`${baseUrl}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(bodyOf(request, contextWindow)),
    signal: AbortSignal.any([signal, ended.signal]),
  });
  const calls: ToolCall[] = [];
  try {
    for await (const text of linesOf(response.body)) {
      const line = parsedLine(text);
      yield* saidBy(line);
      for (const call of line.message.tool_calls ?? [])
        calls.push({ id: call.id || `call-${calls.length + 1}`, name: call.function.name, input: call.function.arguments });
      if (!line.done) continue;
      const reason = reasonOf(line, calls);
      if (reason === 'toolCalls') yield* calls.map((call): ModelEvent => ({ type: 'toolCall', ...call }));
      yield { type: 'finish', reason, usage: usageOf(line), model: line.model ?? request.model };
      return;
    }
    throw new BrokenStep('network', 'The answer was cut.');
  } finally {
    ended.abort();
  }
}

function bodyOf({ model, instructions, messages, tools, maxOutputTokens, temperature, output }: ModelRequest, contextWindow: number): object {
  const system = instructions.map(({ text }) => text).join('\n\n');
  return {
    model,
    stream: true,
    messages: [...(system === '' ? [] : [{ role: 'system', content: system }]), ...messages.map(messageOf)],
    ...(tools.length === 0
      ? {}
      : { tools: tools.map(({ name, description, input }) => ({ type: 'function', function: { name, description, parameters: jsonSchemaOf(input) } })) }),
    ...(output === undefined ? {} : { format: jsonSchemaOf(output.schema) }),
    options: {
      num_predict: maxOutputTokens,
      ...(temperature === undefined ? {} : { temperature }),
      num_ctx: contextWindow,
    },
  };
}

function messageOf(message: ModelMessage): object {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: message.text };
    case 'tool':
      return { role: 'tool', tool_name: message.toolName, content: message.failed ? `Error: ${message.text}` : message.text };
    case 'assistant': {
      const calls = message.toolCalls.map(({ name, input }) => ({ function: { name, arguments: input } }));
      return { role: 'assistant', content: message.text, ...(calls.length === 0 ? {} : { tool_calls: calls }) };
    }
  }
}

async function* linesOf(body: ReadableStream<Uint8Array> | null): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body ?? []) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > longestLine) throw new BrokenStep('malformed', 'A line of the answer does not end.');
    yield* parts.filter((part) => part.trim() !== '');
  }
  // A last line that is whole lacks nothing but its end; what is cut is no line.
  if (jsonOf(rest) !== null) yield rest;
}

/** Throws ReportedFailure for what Ollama says went wrong, or BrokenStep where a line is none of its. */
function parsedLine(text: string): Line {
  const parsed = lineSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw new BrokenStep('malformed', 'A line of the answer is no JSON of Ollama.');
  if ('error' in parsed.data) throw new ReportedFailure(parsed.data);
  return parsed.data;
}

function* saidBy({ message: { content, thinking } }: Line): Iterable<ModelEvent> {
  if (thinking) yield { type: 'reasoning', text: thinking };
  if (content !== '') yield { type: 'text', text: content };
}

function reasonOf({ done_reason }: Line, calls: readonly ToolCall[]): FinishReason {
  if (done_reason === 'length') return 'length';
  return calls.length > 0 ? 'toolCalls' : 'stop';
}

function usageOf({ prompt_eval_count, eval_count }: Line) {
  return { input: prompt_eval_count ?? null, cacheRead: null, cacheWrite: null, output: eval_count ?? null, reasoning: null };
}
