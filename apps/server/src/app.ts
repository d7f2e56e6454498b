import { AppError, pageKeyHeader, routes } from '@quarterdeck/contract';
import { Hono } from 'hono';
import type { TrustedProxies } from './config/exposure.ts';
import type { TeamDoor } from './identity/open-team.ts';
import type { CallLimits } from './limits/call-limits.ts';
import { type McpEntrance, mcpPath } from './mcp/mcp-tokens.ts';
import { mountMcp } from './mcp/mount-mcp.ts';
import { observeCalls } from './observability/observe-calls.ts';
import type { ServerMetrics } from './observability/server-metrics.ts';
import { accessHandlers } from './routes/access-handlers.ts';
import { actionHandlers } from './routes/action-handlers.ts';
import { adminHandlers } from './routes/admin-handlers.ts';
import { adviceHandlers } from './routes/advice-handlers.ts';
import { alertHandlers } from './routes/alert-handlers.ts';
import { assistantHandlers } from './routes/assistant-handlers.ts';
import { auditHandlers } from './routes/audit-handlers.ts';
import { authHandlers } from './routes/auth-handlers.ts';
import { changeHandlers } from './routes/change-handlers.ts';
import { clusterHandlers } from './routes/cluster-handlers.ts';
import { editHandlers } from './routes/edit-handlers.ts';
import { errorResponse } from './routes/error-border.ts';
import { eventHandlers } from './routes/event-handlers.ts';
import { explainHandlers } from './routes/explain-handlers.ts';
import { forwardHandlers } from './routes/forward-handlers.ts';
import { healthHandlers } from './routes/health-handlers.ts';
import { helmHandlers } from './routes/helm-handlers.ts';
import { issueHandlers } from './routes/issue-handlers.ts';
import { knowledgeHandlers } from './routes/knowledge-handlers.ts';
import { logHandlers } from './routes/log-handlers.ts';
import { loginHandlers } from './routes/login-handlers.ts';
import { mcpHandlers } from './routes/mcp-handlers.ts';
import { metricHandlers } from './routes/metric-handlers.ts';
import { modelHandlers } from './routes/model-handlers.ts';
import { mountRoutes, type RouteEnvironment } from './routes/mount-routes.ts';
import { namespaceHandlers } from './routes/namespace-handlers.ts';
import { objectHandlers } from './routes/object-handlers.ts';
import { overviewHandlers } from './routes/overview-handlers.ts';
import { planHandlers } from './routes/plan-handlers.ts';
import { podHandlers } from './routes/pod-handlers.ts';
import { resourceHandlers } from './routes/resource-handlers.ts';
import { secretHandlers } from './routes/secret-handlers.ts';
import type { Services } from './routes/services.ts';
import { sessionHandlers } from './routes/session-handlers.ts';
import { snapshotHandlers } from './routes/snapshot-handlers.ts';
import { storageHandlers } from './routes/storage-handlers.ts';
import { terminalHandlers } from './routes/terminal-handlers.ts';
import { terminalShellHandlers } from './routes/terminal-shell-handlers.ts';
import { ticketHandlers } from './routes/ticket-handlers.ts';
import { topologyHandlers } from './routes/topology-handlers.ts';
import type { AccessWatch } from './session/access-watch.ts';
import type { Entrance } from './session/entrance.ts';
import { bearerToken } from './session/local-session.ts';
import type { PageKeys } from './session/page-keys.ts';
import type { RequestGuard } from './session/request-guard.ts';
import { withSecurityHeaders } from './session/security-headers.ts';
import { serveWebApp } from './static/web-app.ts';
import type { TicketDesk } from './tickets/ticket-desk.ts';

export interface AppOptions {
  services: Services;
  entrance: Entrance;
  watch: AccessWatch;
  /** Null on a workbench of one person. */
  team: TeamDoor | null;
  guard: RequestGuard;
  /** Null where browsers come over TLS: then the cookie is out of the reach of others by itself. */
  pageKeys: PageKeys | null;
  limits: CallLimits;
  tickets: TicketDesk;
  proxies: TrustedProxies | null;
  /** Who is let in as a program that speaks the Model Context Protocol. */
  mcp: McpEntrance;
  /** Aborted when the workbench ends. */
  ending: AbortSignal;
  metrics: ServerMetrics;
  /** The folder of the built web app. */
  webFolder: string;
}

/** Everything that is answered over HTTP. */
export function createApp({
  services,
  entrance,
  watch,
  team,
  guard,
  pageKeys,
  limits,
  tickets,
  proxies,
  mcp,
  ending,
  metrics,
  webFolder,
}: AppOptions): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>();
  const finished = (response: Response, requestId: string) => withSecurityHeaders(response, { requestId, secure: pageKeys === null });
  app.onError((thrown, c) => finished(errorResponse(thrown, c.get('requestId'), services.log), c.get('requestId')));
  app.use(observeCalls(metrics, services.log, team === null ? 'debug' : 'info'));
  app.use(async (c, next) => {
    // An issuer sends the browser back from its own site; the state that it brings is known to nobody else.
    const api = (isApi(c.req.path) || c.req.path === mcpPath) && !returningFromIssuer.includes(c.req.path);
    const asked = { headers: c.req.raw.headers, unsafe: !['GET', 'HEAD'].includes(c.req.method), api };
    c.set('origin', isProbe(c.req.path, asked.headers) ? '' : guard(asked));
    await next();
    c.res = finished(withPageKey(c.res, pageKeys), c.get('requestId'));
  });
  const authenticate = pageKeys === null ? entrance.authenticate : pageKeys.guarding(entrance.authenticate);
  mountRoutes(
    app,
    { ...handlersOf(services, { entrance, team, mcp }), ...ticketHandlers(tickets), ...healthHandlers(services, { metrics, ending }) },
    { authenticate, clusterOf: (id) => services.clusters.find(id), limits, watch, proxies, ending },
  );
  mountMcp(app, { services, entrance: mcp, limits, watch, proxies, ending });
  app.get('*', (c) => (isApi(c.req.path) ? refuseUnknown(c.req.path) : serve(c)));
  app.notFound((c) => refuseUnknown(c.req.path));
  const serve = serveWebApp(webFolder);
  return app;
}

/** Routes to which another site sends the browser. */
const returningFromIssuer: readonly string[] = [routes.finishLogin.path, routes.finishOidcLogin.path];

function handlersOf(services: Services, { entrance, team, mcp }: Pick<AppOptions, 'entrance' | 'team' | 'mcp'>) {
  return {
    ...sessionHandlers(services, entrance),
    ...snapshotHandlers(services),
    ...clusterHandlers(services),
    ...namespaceHandlers(services),
    ...accessHandlers(services),
    ...storageHandlers(services),
    ...resourceHandlers(services),
    ...objectHandlers(services),
    ...secretHandlers(services),
    ...issueHandlers(services),
    ...overviewHandlers(services),
    ...topologyHandlers(services),
    ...alertHandlers(services),
    ...eventHandlers(services),
    ...adviceHandlers(services),
    ...explainHandlers(),
    ...planHandlers(services),
    ...assistantHandlers(services),
    ...terminalHandlers(services),
    ...terminalShellHandlers(services),
    ...knowledgeHandlers(services),
    ...mcpHandlers(services, mcp),
    ...modelHandlers(services),
    ...actionHandlers(services),
    ...podHandlers(services),
    ...logHandlers(services),
    ...forwardHandlers(services),
    ...loginHandlers(services),
    ...changeHandlers(services),
    ...editHandlers(services),
    ...helmHandlers(services),
    ...metricHandlers(services),
    ...auditHandlers(services),
    ...authHandlers(services, team),
    ...adminHandlers(team),
  };
}

/** Whoever gets a session in a cookie gets the key to it beside, which only the page that asked can read; a redirect says it in the fragment. */
function withPageKey(response: Response, pageKeys: PageKeys | null): Response {
  const key = response.headers.getSetCookie().reduce<string | null>((found, cookie) => found ?? pageKeys?.issuedWith(cookie) ?? null, null);
  if (key === null) return response;
  const location = response.headers.get('location');
  if (location === null) response.headers.set(pageKeyHeader, key);
  else response.headers.set('location', `${location}#key=${key}`);
  return response;
}

/** A kubelet asks by the pod's address, and Prometheus too: the first learns nothing, the second has to have a token. */
function isProbe(path: string, headers: Headers): boolean {
  return path === routes.livez.path || path === routes.readyz.path || (path === routes.getServerMetrics.path && bearerToken(headers) !== null);
}

function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

function refuseUnknown(path: string): never {
  throw new AppError('NOT_FOUND', `There is no route ${path}.`, { hint: 'GET /api/openapi.json lists the routes.' });
}
