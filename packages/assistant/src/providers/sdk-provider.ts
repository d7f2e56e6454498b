import type { LanguageModelV4 } from '@ai-sdk/provider';
import { ModelError } from '../model/model-error.ts';
import type { ModelEvent, ModelInfo, ModelProvider, ModelRequest } from '../model/model-port.ts';
import { factsOfModel } from '../prices/model-facts.ts';
import { closestNames } from './closest-names.ts';
import { type Asked, modelFailure } from './model-failure.ts';
import { modelFetch } from './model-fetch.ts';
import type { Fetch, ProviderKind, ProviderOptions } from './provider-kind.ts';
import { type SdkDialect, sdkOptions } from './sdk-options.ts';
import { StepReader } from './step-reader.ts';
import { streamFailure } from './stream-failure.ts';

/** What a provider's file adds to what all have. */
export interface ProviderParts {
  /** Asks for the models that there are. */
  list(wire: Wire, signal: AbortSignal): Promise<ModelInfo[]>;
  /** One request, one answer. Throws anything; it is translated. */
  stream(request: ModelRequest, wire: Wire, signal: AbortSignal): AsyncIterable<ModelEvent>;
}

/** What reaches the provider. */
export interface Wire {
  fetch: Fetch;
  /** Without a slash at the end. */
  baseUrl: string;
  /** Empty where there is none. */
  key: string;
}

/** How long a suggestion is looked for after a model was not found. Milliseconds. */
const suggestionMs = 3_000;

/** A provider of a kind: the key is there before it is asked, every failure is a ModelError, and a name that is nearly right is suggested. */
export function provider(kind: ProviderKind, options: ProviderOptions, parts: ProviderParts): ModelProvider {
  const { id, name, key, local, now } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const asked = (model: string | null): Asked => ({ kind, id, name, key, baseUrl, local, model });
  const wire = (model: string | null): Wire => {
    if (key === null && kind.key?.required) throw modelFailure('missingKey', asked(model));
    return { fetch: modelFetch(options.fetch, options.timeouts, asked(model)), baseUrl, key: key?.reveal() ?? '' };
  };
  const models = async (signal: AbortSignal) => {
    try {
      return (await parts.list(wire(null), signal)).map((model) => withFacts(kind.id, model));
    } catch (thrown) {
      throw streamFailure(thrown, asked(null), signal);
    }
  };
  return {
    id,
    name,
    local,
    models,
    stream: (request, signal) => answer(request, asked(request.model), () => parts.stream(request, wire(request.model), signal), models, signal),
    async testConnection(signal) {
      const began = now();
      try {
        const { length } = await models(signal);
        return { ok: true, message: `${name} answers; it has ${length === 1 ? 'one model' : `${length} models`}.`, latencyMs: now() - began };
      } catch (thrown) {
        const error = streamFailure(thrown, asked(null), signal);
        return { ok: false, message: `${error.message} ${error.hint}`, latencyMs: null };
      }
    },
  };
}

/** What the provider does not say of its model, as far as the table of models has it. */
function withFacts(provider: string, model: ModelInfo): ModelInfo {
  const facts = factsOfModel(provider, model.id);
  return { ...model, contextWindow: model.contextWindow ?? facts?.contextWindow ?? null, maxOutput: model.maxOutput ?? facts?.maxOutput ?? null };
}

async function* answer(
  { model }: ModelRequest,
  asked: Asked,
  begin: () => AsyncIterable<ModelEvent>,
  models: (signal: AbortSignal) => Promise<ModelInfo[]>,
  signal: AbortSignal,
): AsyncIterable<ModelEvent> {
  try {
    for await (const event of begin()) {
      yield event;
      if (event.type === 'finish') return;
    }
    throw modelFailure('network', asked, { message: 'The answer was cut.' });
  } catch (thrown) {
    const error = streamFailure(thrown, asked, signal);
    throw error.kind === 'unknownModel' ? await withSuggestion(error, model, models, signal) : error;
  }
}

async function withSuggestion(
  error: ModelError,
  model: string,
  models: (signal: AbortSignal) => Promise<ModelInfo[]>,
  signal: AbortSignal,
): Promise<ModelError> {
  try {
    const known = await models(AbortSignal.any([signal, AbortSignal.timeout(suggestionMs)]));
    const close = closestNames(
      model,
      known.map(({ id }) => id),
    );
    if (close.length === 0) return error;
    const { provider: id, requestId, cause } = error;
    return new ModelError(error.kind, error.message, { provider: id, hint: `Did you mean ${close.join(' or ')}? ${error.hint}`, requestId, cause });
  } catch {
    return error; // Without the list there is no suggestion; what is wrong is known.
  }
}

/** A provider whose requests and answers a package of the AI SDK translates. */
export function sdkStream(model: (wire: Wire, name: string) => LanguageModelV4, dialect: SdkDialect): ProviderParts['stream'] {
  return async function* stream(request, wire, signal) {
    const ended = new AbortController();
    const { stream: parts } = await model(wire, request.model).doStream(sdkOptions(request, dialect, AbortSignal.any([signal, ended.signal])));
    const step = new StepReader(request.model);
    const reader = parts.getReader();
    try {
      while (true) {
        const { done, value } = await reader.read();
        if (done) return;
        yield* step.take(value);
      }
    } finally {
      // Whoever stops reading stops the request: what nobody reads shall not be paid for.
      ended.abort();
      await reader.cancel().catch(() => undefined); // It failed before, and that is thrown.
    }
  };
}
