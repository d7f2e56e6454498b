import { ModelError } from '../model/model-error.ts';
import type { FinishReason, ModelEvent, ModelRequest, ModelUsage, ToolCall } from '../model/model-port.ts';
import { ChainError, choiceName, nothingToAsk, type PassedModel } from './chain-error.ts';
import type { ModelChoice, ModelHealth } from './model-health.ts';
import { nextMove } from './retry-rule.ts';

export interface ChainPolicy {
  /** Whether a model elsewhere may be asked after one on this machine failed. */
  remoteAfterLocal: boolean;
  health: ModelHealth;
  /** From 0 to 1. */
  random(): number;
}

/** The chain chooses the model. */
export type ChainRequest = Omit<ModelRequest, 'model'>;

export type ChainEvent =
  | ModelEvent
  /** Comes before what this model says. `fallback`: it is not the one that was wanted most. */
  | { type: 'answering'; provider: string; model: string; local: boolean; fallback: boolean }
  /** The same model is asked again after so long. Milliseconds. */
  | { type: 'waiting'; provider: string; model: string; reason: string; forMs: number };

/** Everything a model answered, as one value. */
export interface ModelAnswer {
  provider: string;
  model: string;
  text: string;
  toolCalls: readonly ToolCall[];
  /** Null where the answer was cut: `text` is then only its beginning, and of the tool calls there are none. */
  finish: { reason: FinishReason; usage: ModelUsage } | null;
  cut: ModelError | null;
}

/**
 * Several models behind the form of one. Another model is asked only before the first event of an answer: after it, what
 * goes wrong is thrown, and what came so far is all there is. Whoever begins a step anew calls it again.
 */
export interface ModelChain {
  readonly choices: readonly ModelChoice[];
  /** As the port: ends with `finish` or throws a `ModelError`. */
  stream(request: ChainRequest, signal: AbortSignal): AsyncIterable<ChainEvent>;
  /** Throws a `ModelError` where no answer began. */
  complete(request: ChainRequest, signal: AbortSignal): Promise<ModelAnswer>;
}

export function createModelChain(choices: readonly ModelChoice[], policy: ChainPolicy): ModelChain {
  const stream = (request: ChainRequest, signal: AbortSignal) => streamFrom(choices, policy, request, signal);
  return { choices, stream, complete: (request, signal) => collect(stream(request, signal)) };
}

async function* streamFrom(choices: readonly ModelChoice[], policy: ChainPolicy, request: ChainRequest, signal: AbortSignal): AsyncIterable<ChainEvent> {
  const mayLeave = policy.remoteAfterLocal || choices[0]?.provider.local === false;
  const passed: PassedModel[] = [];
  for (const choice of choices) {
    const model = choiceName(choice);
    if (!mayLeave && !choice.provider.local) {
      passed.push({ model, error: null, notAsked: true });
      continue;
    }
    const error = yield* ask(choice, { ...request, model: choice.model }, policy, passed.length > 0, signal);
    if (error === null) return;
    passed.push({ model, error, notAsked: false });
  }
  const first = passed.find(({ error }) => error !== null)?.error ?? nothingToAsk();
  throw passed.length > 1 ? new ChainError(first, passed) : first;
}

/** Asks one model until it answers; gives why it did not where another one may be asked. */
async function* ask(
  choice: ModelChoice,
  request: ModelRequest,
  { health, random }: ChainPolicy,
  fallback: boolean,
  signal: AbortSignal,
): AsyncGenerator<ChainEvent, ModelError | null> {
  const { provider, model } = choice;
  const { now, sleep } = health.clock;
  const began = now();
  for (let tries = 1; ; tries += 1) {
    const refusal = health.breakerOf(choice).refusal();
    if (refusal !== null) return refusal;
    const error = yield* attempt(choice, request, health, fallback, signal);
    if (error === null) return null;
    const next = nextMove(error, { tries, elapsedMs: now() - began, local: provider.local, random });
    if (next.move === 'stop') throw error;
    if (next.move === 'fallBack') return error;
    yield { type: 'waiting', provider: provider.id, model, reason: error.message, forMs: next.afterMs };
    await sleep(next.afterMs, signal).catch((thrown) => {
      throw toModelError(thrown, provider.id, signal);
    });
  }
}

/** One request. Gives what went wrong before the first event; what goes wrong after it is thrown. */
async function* attempt(
  choice: ModelChoice,
  request: ModelRequest,
  health: ModelHealth,
  fallback: boolean,
  signal: AbortSignal,
): AsyncGenerator<ChainEvent, ModelError | null> {
  const { provider, model } = choice;
  const slots = health.slotsOf(choice);
  const free = await slots.take(signal).catch((thrown) => {
    throw toModelError(thrown, provider.id, signal);
  });
  const trial = health.breakerOf(choice).begin();
  let outcome: 'dropped' | 'succeeded' | ModelError = 'dropped';
  let hasBegun = false;
  try {
    for await (const event of provider.stream(request, signal)) {
      if (!hasBegun) yield { type: 'answering', provider: provider.id, model, local: provider.local, fallback };
      hasBegun = true;
      if (event.type === 'finish') outcome = 'succeeded';
      yield event;
    }
    return null;
  } catch (thrown) {
    outcome = toModelError(thrown, provider.id, signal);
    if (hasBegun) throw outcome;
    return outcome;
  } finally {
    free();
    if (outcome === 'dropped' || isLoading(outcome, provider.local)) trial.dropped();
    else if (outcome === 'succeeded') {
      trial.succeeded();
      slots.succeeded();
    } else {
      trial.failed(outcome);
      if (outcome.kind === 'rateLimited') slots.rateLimited();
    }
  }
}

/** A program on this machine that is loading a model says so until it is done: it is not failing. */
function isLoading(outcome: 'succeeded' | ModelError, local: boolean): boolean {
  return local && outcome !== 'succeeded' && outcome.kind === 'overloaded';
}

function toModelError(thrown: unknown, provider: string, signal: AbortSignal): ModelError {
  if (thrown instanceof ModelError) return thrown;
  if (signal.aborted) return new ModelError('aborted', 'The answer was stopped.', { provider, hint: 'Ask again.' });
  return new ModelError('malformed', 'The answer of the model could not be read.', { provider, hint: 'Ask again, or choose another model.', cause: thrown });
}

async function collect(events: AsyncIterable<ChainEvent>): Promise<ModelAnswer> {
  const answer: ModelAnswer = { provider: '', model: '', text: '', toolCalls: [], finish: null, cut: null };
  try {
    for await (const event of events) take(event, answer);
    return answer;
  } catch (thrown) {
    if (!(thrown instanceof ModelError) || answer.text === '') throw thrown;
    return { ...answer, toolCalls: [], cut: thrown };
  }
}

function take(event: ChainEvent, answer: ModelAnswer): void {
  switch (event.type) {
    case 'answering':
      answer.provider = event.provider;
      answer.model = event.model;
      break;
    case 'text':
      answer.text += event.text;
      break;
    case 'toolCall': {
      const { type: _, ...call } = event;
      answer.toolCalls = [...answer.toolCalls, call];
      break;
    }
    case 'finish':
      answer.finish = { reason: event.reason, usage: event.usage };
      break;
    default:
  }
}
