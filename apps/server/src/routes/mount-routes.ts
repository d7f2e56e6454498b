import type { IncomingMessage } from 'node:http';
import { AppError, routes } from '@quarterdeck/contract';
import type { Context, Hono } from 'hono';
import type { TrustedProxies } from '../config/exposure.ts';
import { localScraper } from '../gate/actors.ts';
import type { Actor, GateCluster } from '../gate/decide.ts';
import type { CallLimits } from '../limits/call-limits.ts';
import { withinTime } from '../limits/within-time.ts';
import type { AccessWatch } from '../session/access-watch.ts';
import { bearerToken, viaOf } from '../session/local-session.ts';
import { peerAddress } from '../session/peer-address.ts';
import { admit, requireNamedCluster } from './admit.ts';
import { readInput } from './read-input.ts';
import type { RouteHandler, RouteHandlers } from './route-handler.ts';
import { streamResponse } from './stream-response.ts';

export interface MountOptions {
  authenticate(headers: Headers): Promise<Actor>;
  /** The cluster that a call names (or the current one), as the gate needs it; null where there is none. */
  clusterOf(id: string | undefined): GateCluster | null;
  limits: CallLimits;
  /** Ends streams of people who may not have them open any more. */
  watch: AccessWatch;
  /** Whose word on the address of a call is believed. */
  proxies: TrustedProxies | null;
  /** Aborted when the workbench ends: streams end with it, other calls come to their end. */
  ending: AbortSignal;
}

/** For an answer that does not stream. Milliseconds. */
const longestCall = 300_000;

/** What the HTTP server hands to the app beside the call. */
export interface HttpBindings {
  incoming: IncomingMessage;
}

/** Puts every route of the contract on the app, each behind the gate. */
export function mountRoutes(app: Hono<RouteEnvironment>, handlers: RouteHandlers, options: MountOptions): void {
  for (const handler of Object.values(handlers)) {
    app.on(handler.route.method, handler.route.path, (c) => answer(c, handler, options));
  }
  for (const [path, methods] of methodsOf(handlers)) app.all(path, (c) => refuseMethod(c, methods));
}

/** Which methods each path has. */
function methodsOf(handlers: RouteHandlers): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { route } of Object.values(handlers)) methods.set(route.path, [...(methods.get(route.path) ?? []), route.method]);
  return methods;
}

function refuseMethod(c: Context<RouteEnvironment>, methods: readonly string[]): never {
  const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  const hint = `Use ${allowed.join(', ')}.`;
  throw new AppError('METHOD_NOT_ALLOWED', `${c.req.path} does not know ${c.req.method}.`, { hint, details: { allowed } });
}

export interface RouteEnvironment {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** The origin of ours that was addressed. */
    origin: string;
    /** The id of the route; left out for what is none. */
    route?: string;
    /** The id of who asks. */
    actor?: string;
  };
}

async function answer(c: Context<RouteEnvironment>, handler: RouteHandler, options: MountOptions): Promise<Response> {
  const { limits, authenticate } = options;
  c.set('route', handler.route.id);
  const address = addressOf(c, options.proxies);
  if (address !== '') await limits.ofAddress(address);
  const shown = await authenticate(c.req.raw.headers);
  const actor = isLocalScrape(shown, handler, c, options) ? localScraper : shown;
  c.set('actor', actor.id);
  const known = actor.kind !== 'anonymous';
  if (!known && address !== '' && handler.route.permission !== 'public') await limits.ofStranger(address);
  // Before it is known who asks, nothing of what they sent is read: what a call is about can't make a stranger welcome.
  if (!known) admit(actor, handler.route, null);
  const leave = known ? await limits.begin(actor) : () => undefined;
  // What has no login has nothing that could end.
  const watched = actor.session !== null && handler.route.streams !== undefined ? options.watch.until(actor) : null;
  const end = () => {
    watched?.release();
    leave();
  };
  try {
    return await answerAdmitted(c, handler, { options, actor, address, end, ended: watched?.signal ?? options.ending });
  } catch (thrown) {
    end();
    throw thrown;
  }
}

/** The guard has seen that we were addressed by a name of this machine; a call by way of a proxy comes from elsewhere. */
function isLocalScrape(actor: Actor, { route }: RouteHandler, c: Context<RouteEnvironment>, { proxies }: MountOptions): boolean {
  const asks = actor.kind === 'anonymous' && route.id === routes.getServerMetrics.id && bearerToken(c.req.raw.headers) === null;
  return asks && proxies === null && c.req.header('x-forwarded-for') === undefined && /^(127\.|::1$)/.test(addressOf(c, null));
}

interface Asked {
  options: MountOptions;
  actor: Actor;
  address: string;
  /** Says that the call is over. */
  end(): void;
  /** Aborted when the person may not have it open any more. */
  ended: AbortSignal;
}

async function answerAdmitted(c: Context<RouteEnvironment>, { route, call }: RouteHandler, { options, actor, address, end, ended }: Asked): Promise<Response> {
  const raw = await readInput(c, route);
  const named = typeof raw.cluster === 'string' ? raw.cluster : undefined;
  admit(actor, route, options.clusterOf(named));
  if ('cluster' in route.input.shape) requireNamedCluster(actor, route, named);
  if (route.streams !== undefined && c.req.method === 'HEAD') return headersAlone(route.streams, end);
  const upload = route.upload === undefined ? null : c.req.raw.body;
  const reply = new Headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  const { headers } = c.req.raw;
  const about = { actor, headers, via: viaOf(headers), requestId: c.get('requestId'), origin: c.get('origin'), address, reply, upload };
  const run = (signal: AbortSignal) => call(raw, { ...about, signal });
  // A stream ends when its reader goes away, an upload when it is there.
  const unbounded = route.streams !== undefined || route.upload !== undefined;
  const untilEnd = route.streams === undefined ? c.req.raw.signal : AbortSignal.any([c.req.raw.signal, options.ending, ended]);
  const answered = await (unbounded ? run(untilEnd) : withinTime(longestCall, c.req.raw.signal, run));
  if ('stream' in answered) return streamResponse(answered.stream, route.streams ?? 'application/octet-stream', end);
  end();
  if ('redirect' in answered) return redirectTo(answered.redirect, reply);
  return new Response(JSON.stringify(answered.json), { headers: reply });
}

/** Nobody reads the body of an answer to HEAD, so what was opened for it would never end: nothing is. */
function headersAlone(contentType: NonNullable<RouteHandler['route']['streams']>, end: () => void): Response {
  end();
  return new Response(null, { headers: { 'content-type': contentType } });
}

/** 303: whatever was asked, the browser goes on with a GET. */
function redirectTo(location: string, reply: Headers): Response {
  reply.delete('content-type');
  reply.set('location', location);
  return new Response(null, { status: 303, headers: reply });
}

/** Empty for a call that came over no socket: a test's. */
export function addressOf(c: Context<RouteEnvironment>, proxies: TrustedProxies | null): string {
  const bindings: Partial<HttpBindings> | undefined = c.env;
  return peerAddress(bindings?.incoming?.socket.remoteAddress ?? '', c.req.header('x-forwarded-for') ?? null, proxies);
}
