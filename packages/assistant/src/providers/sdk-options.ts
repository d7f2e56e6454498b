import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultPart,
  SharedV4ProviderOptions,
} from '@ai-sdk/provider';
import type { ModelMessage, ModelRequest } from '../model/model-port.ts';
import { jsonSchemaOf } from './json-schema.ts';

/** Where providers differ in what they are told. */
export interface SdkDialect {
  /** Options that go with every request. */
  options?: SharedV4ProviderOptions;
  /** What marks the end of a part that shall be cached. */
  cacheMark?: SharedV4ProviderOptions;
}

/** A request of ours as the AI SDK's provider packages take it. Nothing of it is kept. */
export function sdkOptions(request: ModelRequest, { options, cacheMark }: SdkDialect, signal: AbortSignal): LanguageModelV4CallOptions {
  const { tools, output, maxOutputTokens, temperature } = request;
  const made: LanguageModelV4CallOptions = { prompt: promptOf(request, cacheMark), maxOutputTokens, abortSignal: signal };
  if (temperature !== undefined) made.temperature = temperature;
  if (tools.length > 0) {
    made.tools = tools.map(({ name, description, input }) => ({ type: 'function', name, description, inputSchema: jsonSchemaOf(input), strict: false }));
    made.toolChoice = { type: 'auto' };
  }
  if (output !== undefined) made.responseFormat = { type: 'json', name: output.name, schema: jsonSchemaOf(output.schema) };
  if (options !== undefined) made.providerOptions = options;
  return made;
}

function promptOf({ instructions, messages }: ModelRequest, cacheMark: SharedV4ProviderOptions | undefined): LanguageModelV4Prompt {
  const lastCacheable = instructions.findLastIndex(({ cacheable }) => cacheable);
  const system = instructions.map(
    ({ text }, i): LanguageModelV4Message => ({ role: 'system', content: text, ...(i === lastCacheable ? marked(cacheMark) : {}) }),
  );
  const turns = inTurns(messages);
  // A conversation only grows: what was sent with the last step is the beginning of what is sent with the next.
  const growing = lastCacheable < 0 ? {} : marked(cacheMark);
  return [...system, ...turns.map((turn, i) => (i === turns.length - 1 ? { ...turn, ...growing } : turn))];
}

function marked(cacheMark: SharedV4ProviderOptions | undefined): { providerOptions?: SharedV4ProviderOptions } {
  return cacheMark === undefined ? {} : { providerOptions: cacheMark };
}

/** The answers to the calls of one message are one turn: providers refuse them one by one. */
function inTurns(messages: readonly ModelMessage[]): LanguageModelV4Message[] {
  const turns: LanguageModelV4Message[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === 'tool' && last?.role === 'tool') last.content.push(resultOf(message));
    else turns.push(turnOf(message));
  }
  return turns;
}

function turnOf(message: ModelMessage): LanguageModelV4Message {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: [{ type: 'text', text: message.text }] };
    case 'tool':
      return { role: 'tool', content: [resultOf(message)] };
    case 'assistant': {
      const calls = message.toolCalls.map(({ id, name, input, signature }) => ({
        type: 'tool-call' as const,
        toolCallId: id,
        toolName: name,
        input,
        ...(signature === undefined ? {} : { providerOptions: { google: { thoughtSignature: signature } } }),
      }));
      return { role: 'assistant', content: [...(message.text === '' ? [] : [{ type: 'text' as const, text: message.text }]), ...calls] };
    }
  }
}

function resultOf({ callId, toolName, text, failed }: Extract<ModelMessage, { role: 'tool' }>): LanguageModelV4ToolResultPart {
  return { type: 'tool-result', toolCallId: callId, toolName, output: { type: failed ? 'error-text' : 'text', value: text } };
}
