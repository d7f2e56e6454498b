import { AppError, type AskedError, type ModelRun, type SentRequest } from '@quarterdeck/contract';
import * as z from 'zod';
import type { ChainRequest, ModelChain } from '../failover/model-chain.ts';
import type { AssistantParts, Person } from '../handler/assistant-parts.ts';
import { ModelError } from '../model/model-error.ts';
import type { ModelMessage, ModelUsage, ToolCall } from '../model/model-port.ts';
import { askedErrorOf } from '../turn/model-error-to-asked.ts';
import { usageOf } from '../turn/turn-usage.ts';

/** Tokens. */
const longestAnswer = 4_000;

const callSchema = z.object({ id: z.string(), name: z.string(), input: z.unknown() });
const messageSchema = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), text: z.string() }),
  z.object({ role: z.literal('assistant'), text: z.string(), toolCalls: z.array(callSchema).default([]) }),
  z.object({ role: z.literal('tool'), callId: z.string(), toolName: z.string(), text: z.string(), failed: z.boolean() }),
]);

export interface Replay<P extends Person> {
  person: P;
  run: ModelRun;
  /** `provider/model`. */
  model: string;
  models: ModelChain;
}

/**
 * Sends the last request of a run once more, to another model: the same instructions and messages, with all that tools had
 * found by then. Its tools are there by name, so that the conversation makes sense, and none of them is run. Gives the new
 * run, which is stored. Throws VALIDATION_ERROR where nothing was sent, CANCELLED where whoever asked has gone.
 */
export async function replayRun<P extends Person>(parts: AssistantParts<P>, { person, run, model, models }: Replay<P>, signal: AbortSignal): Promise<ModelRun> {
  const sent = run.requests.at(-1);
  if (sent === undefined) {
    throw new AppError('VALIDATION_ERROR', 'Nothing was sent in this run.', { hint: 'Its answer was repeated, or no model was reached: choose another run.' });
  }
  const request = requestOf(sent);
  const began = parts.now();
  const act = await parts
    .acts(person, run.cluster)
    .begin({ action: 'model.run', target: null, input: { purpose: 'replay', models: [model], run: run.id }, kubectl: null });
  const answered = await ask(models, request, parts.now, signal);
  if (signal.aborted) {
    await act.end({ outcome: 'cancelled', detail: { model } });
    signal.throwIfAborted();
  }
  const usage = usageOf(answered.usage, request, answered.text, parts.countTokens);
  const replayed: ModelRun = {
    ...{ id: parts.newId(), purpose: 'replay', user: person.owner.user, organisation: person.owner.organisation, cluster: run.cluster },
    ...{ conversation: null, message: null, at: new Date(began).toISOString(), prompt: run.prompt, model },
    requests: [{ ...sent, provider: model.slice(0, model.indexOf('/')), model: model.slice(model.indexOf('/') + 1) }],
    ...{ context: run.context, answers: [answered.text], usage, cost: answered.error === null ? parts.costOf(model, usage) : 0 },
    // What it would have looked up: none of it was.
    tools: answered.calls.map(({ name, input }) => ({ name, input, failed: false, tookMs: 0, characters: 0 })),
    firstTextMs: answered.firstTextAt === null ? null : answered.firstTextAt - began,
    ...{ tookMs: parts.now() - began, retries: answered.retries, state: answered.error === null ? 'complete' : 'failed', error: answered.error },
    ...{ cached: false, rating: null, replayOf: run.id },
  };
  await parts.store.putRun(replayed);
  await act.end({ outcome: answered.error === null ? 'done' : 'failed', detail: { run: replayed.id, model, cost: replayed.cost } });
  return replayed;
}

function requestOf({ instructions, messages, tools }: SentRequest): ChainRequest {
  return {
    instructions: instructions.map((text) => ({ text, cacheable: true })),
    messages: messages.map((message): ModelMessage => messageSchema.parse(message)),
    tools: tools.map((name) => ({ name, description: 'As it was when this was first asked. Answer from what is there already.', input: z.looseObject({}) })),
    maxOutputTokens: longestAnswer,
  };
}

interface Answered {
  text: string;
  calls: ToolCall[];
  usage: ModelUsage | null;
  retries: number;
  firstTextAt: number | null;
  error: AskedError | null;
}

/** A failure of the model is part of what is found out. */
async function ask(models: ModelChain, request: ChainRequest, now: () => number, signal: AbortSignal): Promise<Answered> {
  const answered: Answered = { text: '', calls: [], usage: null, retries: 0, firstTextAt: null, error: null };
  try {
    for await (const event of models.stream(request, signal)) {
      if (event.type === 'waiting') answered.retries += 1;
      if (event.type === 'finish') answered.usage = event.usage;
      if (event.type === 'toolCall') answered.calls.push({ id: event.id, name: event.name, input: event.input });
      if (event.type !== 'text') continue;
      answered.firstTextAt ??= now();
      answered.text += event.text;
    }
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    answered.error = askedErrorOf(thrown);
  }
  return answered;
}
