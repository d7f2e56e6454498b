import { AppError, assistantRoutes, errorBody, httpStatus, type RouteDescriptor, type TurnFrame, toAppError, validationError } from '@quarterdeck/contract';
import * as z from 'zod';
import { conversationJson, conversationMarkdown } from '../conversations/export-conversation.ts';
import type { Assistant } from './assistant.ts';
import type { Person } from './assistant-parts.ts';

export interface AssistantHandlerOptions<P extends Person> {
  assistant: Assistant<P>;
  /** Who sends a request. Throws AUTH_REQUIRED or FORBIDDEN. */
  authorize(request: Request): Promise<P> | P;
  /** Id of a request, for its errors. */
  newId(): string;
}

interface Call {
  assistant: Assistant;
  person: Person;
  signal: AbortSignal;
}

interface Answering {
  route: RouteDescriptor;
  answer(raw: Record<string, unknown>, call: Call): Promise<Response>;
}

function on<Input extends z.ZodObject, Output extends z.ZodType>(
  route: RouteDescriptor<Input, Output>,
  run: (input: z.output<Input>, call: Call) => Promise<z.output<Output>> | z.output<Output>,
): Answering {
  return { route, answer: async (raw, call) => Response.json(await run(inputOf(route, raw), call)) };
}

function onText<Input extends z.ZodObject>(
  route: RouteDescriptor<Input>,
  run: (input: z.output<Input>, call: Call) => Promise<{ type: string; chunks: AsyncIterable<string> }>,
): Answering {
  return {
    route,
    async answer(raw, call) {
      const { type, chunks } = await run(inputOf(route, raw), call);
      return new Response(ReadableStream.from(chunks).pipeThrough(new TextEncoderStream()), { headers: { 'content-type': type, 'cache-control': 'no-store' } });
    },
  };
}

function inputOf<Input extends z.ZodObject>({ input }: RouteDescriptor<Input>, raw: Record<string, unknown>): z.output<Input> {
  const parsed = z.safeParse(input, raw);
  if (parsed.success) return parsed.data;
  throw validationError(parsed.error);
}

const done = { done: true } as const;
const { ask, previewContext, followAnswer, stopAnswer, rateAnswer } = assistantRoutes;
const { listConversations, getConversation, changeConversation, deleteConversation, exportConversation } = assistantRoutes;
const { suggestPrompts, listModels, getMemory, setMemory, getPrivacy, setPrivacy, listRuns, getRun, replayRun, getUsage, getLimits, setLimits } =
  assistantRoutes;

const answering: readonly Answering[] = [
  on(ask, (input, { assistant, person }) => assistant.ask(person, input)),
  on(previewContext, (input, { assistant, person, signal }) => assistant.previewContext(person, input, signal)),
  onText(followAnswer, async ({ id, from }, { assistant, person, signal }) => ({
    type: 'application/x-ndjson',
    chunks: jsonLines(await assistant.follow(person, id, from, signal)),
  })),
  on(stopAnswer, ({ id }, { assistant, person }) => assistant.stop(person, id).then(() => done)),
  on(rateAnswer, ({ id, rating, comment }, { assistant, person }) => assistant.rate(person, id, rating, comment).then(() => done)),
  on(listConversations, ({ shared, ...query }, { assistant, person }) => assistant.conversations(person, { ...query, shared: shared === 'true' })),
  on(getConversation, ({ id }, { assistant, person }) => assistant.conversation(person, id)),
  on(changeConversation, ({ id, ...change }, { assistant, person }) => assistant.changeConversation(person, id, change)),
  on(deleteConversation, ({ id }, { assistant, person }) => assistant.deleteConversation(person, id).then(() => done)),
  onText(exportConversation, async ({ id, format }, { assistant, person }) => exportedAs(format, await assistant.conversation(person, id))),
  on(suggestPrompts, async ({ cluster, focus }, { assistant, person, signal }) => ({ prompts: await assistant.suggestions(person, cluster, focus, signal) })),
  on(listModels, async (_input, { assistant, signal }) => ({ models: await assistant.models(signal) })),
  on(getMemory, (_input, { assistant, person }) => assistant.memory(person)),
  on(setMemory, (memory, { assistant, person }) => assistant.setMemory(person, memory)),
  on(getPrivacy, (_input, { assistant, person }) => assistant.privacy(person)),
  on(setPrivacy, (privacy, { assistant, person }) => assistant.setPrivacy(person, privacy)),
  on(listRuns, ({ everybody, limit, before, ...filter }, { assistant, person }) =>
    assistant.runs(person, { limit, before, filter, everybody: everybody === 'true' }),
  ),
  on(replayRun, ({ id, model }, { assistant, person, signal }) => assistant.replay(person, id, model, signal)),
  on(getRun, ({ id }, { assistant, person }) => assistant.run(person, id)),
  on(getUsage, ({ everybody, days }, { assistant, person }) => assistant.usage(person, { days, everybody: everybody === 'true' })),
  on(getLimits, (_input, { assistant, person }) => assistant.limits(person)),
  on(setLimits, (limits, { assistant, person }) => assistant.setLimits(person, limits)),
];

/** A conversation as a file. */
export function exportedAs(format: 'markdown' | 'json', detail: Parameters<typeof conversationJson>[0]): { type: string; chunks: AsyncIterable<string> } {
  return { type: 'text/plain; charset=utf-8', chunks: once(format === 'json' ? conversationJson(detail) : conversationMarkdown(detail)) };
}

/** A frame a line. */
export async function* jsonLines(frames: AsyncIterable<TurnFrame>): AsyncGenerator<string> {
  for await (const frame of frames) yield `${JSON.stringify(frame)}\n`;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** The assistant for a server of any make that speaks `fetch`: its routes are those of `assistantRoutes`. */
export function createAssistantHandler<P extends Person>({ assistant, authorize, newId }: AssistantHandlerOptions<P>): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const { answering: found, raw } = await routed(request);
      const person = await authorize(request);
      const { permission } = found.route;
      if (permission !== 'public' && !person.may(permission)) {
        throw new AppError('FORBIDDEN', `The permission ${permission} is missing.`, { hint: 'Ask whoever runs this for the permission.' });
      }
      return await found.answer(raw, { assistant, person, signal: request.signal });
    } catch (thrown) {
      const error = toAppError(thrown);
      const told = error.code === 'INTERNAL_ERROR' ? new AppError('INTERNAL_ERROR', 'Something went wrong that was not foreseen.') : error;
      return Response.json(errorBody(told, newId()), { status: httpStatus[told.code] });
    }
  };
}

async function routed(request: Request): Promise<{ answering: Answering; raw: Record<string, unknown> }> {
  const url = new URL(request.url);
  for (const each of answering) {
    if (each.route.method !== request.method) continue;
    const found = new URLPattern({ pathname: each.route.path }).exec({ pathname: url.pathname });
    if (found === null) continue;
    const body = request.method === 'GET' || request.method === 'DELETE' ? {} : await bodyOf(request);
    return { answering: each, raw: { ...body, ...Object.fromEntries(url.searchParams), ...found.pathname.groups } };
  }
  throw new AppError('NOT_FOUND', `There is no ${request.method} ${url.pathname}.`);
}

const objectSchema = z.record(z.string(), z.unknown());

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  if (text === '') return {};
  try {
    return objectSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', 'The body is no JSON object.', { hint: 'Send a JSON object.', cause });
  }
}
