import { AppError, type RouteDescriptor } from '@quarterdeck/contract';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import type { Actor } from '../gate/decide.ts';
import { viaOf } from '../session/local-session.ts';
import { admit } from './admit.ts';
import { readText } from './read-text.ts';
import type { RouteHandler, RouteHandlers } from './route-handler.ts';
import { streamResponse } from './stream-response.ts';

export interface MountOptions {
  authenticate(headers: Headers): Promise<Actor>;
  /** The cluster that a call names (or the current one), as the gate needs it; null where there is none. */
  clusterOf(id: string | undefined): { readOnly: boolean } | null;
}

/** Puts every route of the contract on the app, each behind the gate. */
export function mountRoutes(app: Hono<RouteEnvironment>, handlers: RouteHandlers, options: MountOptions): void {
  for (const handler of Object.values(handlers)) {
    app.on(handler.route.method, handler.route.path, (c) => answer(c, handler, options));
  }
}

export interface RouteEnvironment {
  Variables: { requestId: string };
}

async function answer(c: Context<RouteEnvironment>, { route, call }: RouteHandler, options: MountOptions): Promise<Response> {
  const actor = await options.authenticate(c.req.raw.headers);
  // Before it is known who asks, nothing of what they sent is read: what a call is about can't make a stranger welcome.
  if (actor.kind === 'anonymous') admit(actor, route, null);
  const raw = await readInput(c, route);
  admit(actor, route, options.clusterOf(typeof raw.cluster === 'string' ? raw.cluster : undefined));
  const upload = route.upload === undefined ? null : c.req.raw.body;
  const answered = await call(raw, {
    actor,
    via: viaOf(c.req.raw.headers),
    requestId: c.get('requestId'),
    origin: originOf(c),
    signal: c.req.raw.signal,
    upload,
  });
  if ('stream' in answered) return streamResponse(answered.stream, route.streams ?? 'application/octet-stream');
  return new Response(JSON.stringify(answered.json), { headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } });
}

/** The guard has seen that the host is ours. */
function originOf(c: Context): string {
  return `http://${c.req.header('host') ?? ''}`;
}

/** Query, JSON body and path parameters as one; where a name occurs twice, the later of these wins. */
async function readInput(c: Context, { upload }: RouteDescriptor): Promise<Record<string, unknown>> {
  return { ...c.req.query(), ...(upload === undefined ? await readBody(c) : {}), ...c.req.param() };
}

async function readBody(c: Context): Promise<Record<string, unknown>> {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return {};
  const text = await readText(c.req.raw);
  if (text === '') return {};
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new AppError('VALIDATION_ERROR', 'The body is not JSON.', { hint: 'Send it with `Content-Type: application/json`.' });
  }
  const body = z.record(z.string(), z.unknown()).safeParse(parseJson(text));
  if (body.success) return body.data;
  throw new AppError('VALIDATION_ERROR', 'The body is not a JSON object.', { hint: 'Send one object with the fields of the route.' });
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
