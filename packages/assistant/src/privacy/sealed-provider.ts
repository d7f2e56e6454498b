import type { ModelEvent, ModelMessage, ModelProvider, ModelRequest } from '../model/model-port.ts';
import type { Privacy } from './create-privacy.ts';

/**
 * A provider that is never sent anything but what is sealed, and whose answers come with the names back. `onRequest`
 * is told exactly what is sent, to be kept with the run.
 */
export function sealProvider(provider: ModelProvider, privacy: Privacy, onRequest: (sent: ModelRequest) => void = () => undefined): ModelProvider {
  return {
    ...{ id: provider.id, name: provider.name, local: provider.local },
    models: (signal) => provider.models(signal),
    testConnection: (signal) => provider.testConnection(signal),
    stream(request, signal) {
      const sent = sealRequest(request, privacy);
      onRequest(sent);
      return openEvents(provider.stream(sent, signal), privacy);
    },
  };
}

export function sealRequest(request: ModelRequest, privacy: Privacy): ModelRequest {
  return {
    ...request,
    instructions: request.instructions.map((part) => ({ ...part, text: privacy.sealText(part.text).value })),
    messages: request.messages.map((message) => sealMessage(message, privacy)),
  };
}

function sealMessage(message: ModelMessage, privacy: Privacy): ModelMessage {
  const text = privacy.sealText(message.text).value;
  if (message.role !== 'assistant') return { ...message, text };
  return { ...message, text, toolCalls: message.toolCalls.map((call) => ({ ...call, input: privacy.sealValue(call.input).value })) };
}

/** Text and thinking are opened as they come; what is kept back of them comes before whatever follows. */
async function* openEvents(events: AsyncIterable<ModelEvent>, privacy: Privacy): AsyncIterable<ModelEvent> {
  const openers = { text: privacy.opener(), reasoning: privacy.opener() };
  for await (const event of events) {
    if (event.type === 'text' || event.type === 'reasoning') {
      yield* told(event.type, openers[event.type].push(event.text));
      continue;
    }
    yield* told('reasoning', openers.reasoning.end());
    yield* told('text', openers.text.end());
    yield event.type === 'toolCall' ? { ...event, input: privacy.openValue(event.input) } : event;
  }
}

function* told(type: 'text' | 'reasoning', text: string): Iterable<ModelEvent> {
  if (text !== '') yield { type, text };
}
