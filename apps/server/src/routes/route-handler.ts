import { type ActVia, AppError, type RouteDescriptor, type RouteId, validationError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Actor } from '../gate/decide.ts';

export interface RouteCallContext {
  actor: Actor;
  /** `web` for who has a session in a browser, `api` for a program with a token. */
  via: ActVia;
  requestId: string;
  /** Where the caller finds this workbench: `http://127.0.0.1:7420`. */
  origin: string;
  /** Of the call itself. */
  headers: Headers;
  /** The address that the call comes from, for limits and the ledger. */
  address: string;
  /** Headers that the answer gets besides its own: a cookie, for one. Not for answers that stream. */
  reply: Headers;
  /** Aborted when the caller goes away. */
  signal: AbortSignal;
  /** What an upload sends; null for every other route. */
  upload: ReadableStream<Uint8Array> | null;
}

/** A body that is sent as it comes. */
export interface StreamedAnswer {
  chunks: AsyncIterable<Uint8Array | string>;
  /** The name under which a browser saves it; left out, it is not saved but shown. */
  fileName?: string;
}

export type RouteAnswer = { json: unknown } | { stream: StreamedAnswer } | { redirect: string };

/** A route with what answers it; input and output are validated on the way. */
export interface RouteHandler {
  route: RouteDescriptor;
  call(raw: Record<string, unknown>, context: RouteCallContext): Promise<RouteAnswer>;
}

/** One handler for every route of the contract; a missing one does not compile. */
export type RouteHandlers = Record<RouteId, RouteHandler>;

/** Binds a route of the contract to a function typed by it. */
export function handle<Input extends z.ZodObject, Output extends z.ZodType>(
  route: RouteDescriptor<Input, Output>,
  run: (input: z.output<Input>, context: RouteCallContext) => z.output<Output> | Promise<z.output<Output>>,
): RouteHandler {
  return {
    route,
    async call(raw, context) {
      const output = z.safeParse(route.output, await run(parseInput(route, raw), context));
      if (output.success) return { json: output.data };
      throw new AppError('INTERNAL_ERROR', `The answer of ${route.id} does not have the agreed form.`, { cause: output.error });
    },
  };
}

/** As `handle`, for a route that `streams`. What is wrong must show before the first chunk: after it, the answer can only break off. */
export function handleStream<Input extends z.ZodObject>(
  route: RouteDescriptor<Input>,
  run: (input: z.output<Input>, context: RouteCallContext) => StreamedAnswer | Promise<StreamedAnswer>,
): RouteHandler {
  return { route, call: async (raw, context) => ({ stream: await run(parseInput(route, raw), context) }) };
}

/** As `handle`, for a route that `redirects`: gives where to. */
export function handleRedirect<Input extends z.ZodObject>(
  route: RouteDescriptor<Input>,
  run: (input: z.output<Input>, context: RouteCallContext) => string | Promise<string>,
): RouteHandler {
  return { route, call: async (raw, context) => ({ redirect: await run(parseInput(route, raw), context) }) };
}

function parseInput<Input extends z.ZodObject>(route: RouteDescriptor<Input>, raw: Record<string, unknown>): z.output<Input> {
  const input = z.safeParse(route.input, raw);
  if (!input.success) throw validationError(input.error);
  return input.data;
}
