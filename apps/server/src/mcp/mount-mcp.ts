import { type AuthInfo, createMcpHandler, type McpHttpHandler, readRequestBody } from '@modelcontextprotocol/server';
import { AppError } from '@quarterdeck/contract';
import type { Context, Hono } from 'hono';
import type { TrustedProxies } from '../config/exposure.ts';
import type { CallLimits } from '../limits/call-limits.ts';
import { addressOf, type RouteEnvironment } from '../routes/mount-routes.ts';
import type { Services } from '../routes/services.ts';
import type { AccessWatch } from '../session/access-watch.ts';
import { localCaller, type McpCaller } from './mcp-caller.ts';
import { createMcp } from './mcp-server.ts';
import { type McpEntrance, mcpPath } from './mcp-tokens.ts';

/** RFC 9728, section 3.1: for a resource with a path. */
const metadataPath = `/.well-known/oauth-protected-resource${mcpPath}`;

export interface McpMountOptions {
  services: Services;
  entrance: McpEntrance;
  limits: CallLimits;
  watch: AccessWatch;
  proxies: TrustedProxies | null;
  /** Aborted when the workbench ends. */
  ending: AbortSignal;
}

/** Of what a program sends. Bytes. */
const largestCall = 1_000_000;

/** The Model Context Protocol over HTTP: the revision of 2026-07-28 and those of 2025, without sessions. Host and origin are guarded before. */
export function mountMcp(app: Hono<RouteEnvironment>, options: McpMountOptions): void {
  const serverFor = createMcp(options.services);
  const callers = new WeakMap<AuthInfo, McpCaller>();
  const factory = ({ authInfo }: { authInfo?: AuthInfo }) => {
    const caller = authInfo === undefined ? undefined : callers.get(authInfo);
    if (caller === undefined) throw new AppError('AUTH_REQUIRED', 'Nobody was let in for this call.');
    return serverFor(caller);
  };
  const handler = createMcpHandler(factory, {
    maxRequestBodySize: largestCall,
    onerror: (error) => options.services.log.debug({ err: error }, 'A call of the Model Context Protocol was not good.'),
  });
  options.ending.addEventListener('abort', () => void handler.close(), { once: true });
  app.all(mcpPath, (c) => answer(c, handler, callers, options));
  if (options.entrance.tokens === null) app.get(metadataPath, (c) => c.json(resourceMetadata(c.get('origin'), options.entrance)));
}

/** Protected resource metadata (RFC 9728). Without an issuer tokens are made in the workbench, and no server hands them out. */
function resourceMetadata(origin: string, { issuer }: McpEntrance): object {
  return {
    resource: `${origin}${mcpPath}`,
    resource_name: 'Quarterdeck',
    ...(issuer === null ? {} : { authorization_servers: [issuer] }),
    bearer_methods_supported: ['header'],
    scopes_supported: [...localCaller(true, null).agent.permissions],
    resource_documentation: `${origin}/account`,
  };
}

async function answer(
  c: Context<RouteEnvironment>,
  handler: McpHttpHandler,
  callers: WeakMap<AuthInfo, McpCaller>,
  options: McpMountOptions,
): Promise<Response> {
  c.set('route', 'mcp');
  const { entrance, limits, watch, proxies, ending } = options;
  const address = addressOf(c, proxies);
  if (address !== '') await limits.ofAddress(address);
  const caller = await entrance.authenticate(c.req.raw.headers, c.get('origin'));
  if (caller === null) {
    if (address !== '') await limits.ofStranger(address);
    return challenge(c.get('origin'), entrance);
  }
  const { agent, holder } = caller;
  c.set('actor', agent.id);
  const leave = await limits.begin(agent);
  const watched = holder.session === null ? null : watch.until(holder);
  const end = () => {
    watched?.release();
    leave();
  };
  try {
    const request = await readRequest(c, AbortSignal.any([c.req.raw.signal, watched?.signal ?? ending]));
    const clientId = JSON.stringify([agent.id, agent.organisation, agent.session]);
    const authInfo = { token: '', clientId, scopes: [...agent.permissions] };
    callers.set(authInfo, caller);
    return ended(await handler.fetch(request, { authInfo }), end);
  } catch (thrown) {
    end();
    throw thrown;
  }
}

/** The call, read whole, so that it ends with more than its socket. */
async function readRequest({ req }: Context<RouteEnvironment>, signal: AbortSignal): Promise<Request> {
  const { method, headers } = req.raw;
  if (method !== 'POST') return new Request(req.url, { method, headers, signal });
  const body = await readRequestBody(req.raw, largestCall);
  if (body.tooLarge) throw new AppError('PAYLOAD_TOO_LARGE', `A call may have ${largestCall / 1_000_000} MB.`, { hint: 'Ask for less at once.' });
  return new Request(req.url, { method, headers, signal, body: body.text });
}

/** RFC 6750, section 3, and RFC 9728, section 5.1. */
function challenge(origin: string, { tokens }: McpEntrance): Response {
  const where = tokens === null ? `, resource_metadata="${origin}${metadataPath}"` : '';
  const error = new AppError('AUTH_REQUIRED', 'Nobody is known by this bearer token.', {
    hint:
      tokens === null
        ? 'Make a personal access token in the workbench.'
        : 'GET /api/mcp of the workbench tells the token for programs; it changes with each start.',
  });
  return new Response(JSON.stringify({ error: 'invalid_token', error_description: `${error.message} ${error.hint}` }), {
    status: 401,
    headers: { 'content-type': 'application/json', 'www-authenticate': `Bearer realm="quarterdeck", error="invalid_token"${where}` },
  });
}

/** Tells when the last byte of an answer was sent, or nobody wants it any more. */
function ended(response: Response, end: () => void): Response {
  if (response.body === null) {
    end();
    return response;
  }
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch((thrown: unknown) => {
        end();
        throw thrown;
      });
      if (!done) return controller.enqueue(value);
      end();
      controller.close();
    },
    async cancel(reason) {
      end();
      await reader.cancel(reason);
    },
  });
  return new Response(body, response);
}
