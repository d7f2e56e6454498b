import { recordAct } from '@quarterdeck/cluster';
import { type ActLog, AppError, routes } from '@quarterdeck/contract';
import { Hono } from 'hono';
import { localPerson } from './gate/actors.ts';
import { adviceHandlers } from './routes/advice-handlers.ts';
import { alertHandlers } from './routes/alert-handlers.ts';
import { auditHandlers } from './routes/audit-handlers.ts';
import { changeHandlers } from './routes/change-handlers.ts';
import { clusterHandlers } from './routes/cluster-handlers.ts';
import { errorResponse } from './routes/error-border.ts';
import { eventHandlers } from './routes/event-handlers.ts';
import { forwardHandlers } from './routes/forward-handlers.ts';
import { helmHandlers } from './routes/helm-handlers.ts';
import { issueHandlers } from './routes/issue-handlers.ts';
import { logHandlers } from './routes/log-handlers.ts';
import { loginHandlers } from './routes/login-handlers.ts';
import { metricHandlers } from './routes/metric-handlers.ts';
import { mountRoutes, type RouteEnvironment } from './routes/mount-routes.ts';
import { namespaceHandlers } from './routes/namespace-handlers.ts';
import { planHandlers } from './routes/plan-handlers.ts';
import { podHandlers } from './routes/pod-handlers.ts';
import { newRequestId } from './routes/request-id.ts';
import { resourceHandlers } from './routes/resource-handlers.ts';
import type { Services } from './routes/services.ts';
import { sessionHandlers } from './routes/session-handlers.ts';
import { snapshotHandlers } from './routes/snapshot-handlers.ts';
import type { LocalSession } from './session/local-session.ts';
import type { RequestGuard } from './session/request-guard.ts';
import { securityHeaders } from './session/security-headers.ts';
import { serveWebApp } from './static/web-app.ts';

export interface AppOptions {
  services: Services;
  session: LocalSession;
  guard: RequestGuard;
  /** The folder of the built web app. */
  webFolder: string;
}

/** Everything that is answered over HTTP. */
export function createApp({ services, session, guard, webFolder }: AppOptions): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>();
  app.onError((thrown, c) => withSecurityHeaders(errorResponse(thrown, c.get('requestId'), services.log), c.get('requestId')));
  app.use(async (c, next) => {
    c.set('requestId', newRequestId());
    // An issuer sends the browser back from its own site; the state that it brings is known to nobody else.
    const api = isApi(c.req.path) && c.req.path !== routes.finishLogin.path;
    guard({ headers: c.req.raw.headers, unsafe: !['GET', 'HEAD'].includes(c.req.method), api });
    await next();
    c.res = withSecurityHeaders(c.res, c.get('requestId'));
  });
  app.get(
    '/',
    async (c, next) =>
      (await exchangeToken(c.req.raw, session, services.acts.of({ actor: localPerson, via: 'web', requestId: c.get('requestId') }, null))) ?? next(),
  );
  mountRoutes(app, handlersOf(services), { authenticate: session.authenticate, clusterOf: (id) => services.clusters.find(id) });
  app.get('*', (c) => (isApi(c.req.path) ? refuseUnknown(c.req.path) : serve(c)));
  app.notFound((c) => refuseUnknown(c.req.path));
  const serve = serveWebApp(webFolder);
  return app;
}

function handlersOf(services: Services) {
  return {
    ...sessionHandlers(services),
    ...snapshotHandlers(services),
    ...clusterHandlers(services),
    ...namespaceHandlers(services),
    ...resourceHandlers(services),
    ...issueHandlers(services),
    ...alertHandlers(services),
    ...eventHandlers(services),
    ...adviceHandlers(services),
    ...planHandlers(services),
    ...podHandlers(services),
    ...logHandlers(services),
    ...forwardHandlers(services),
    ...loginHandlers(services),
    ...changeHandlers(services),
    ...helmHandlers(services),
    ...metricHandlers(services),
    ...auditHandlers(services),
  };
}

/** Trades the token of the address for a cookie and takes it out of the address bar and the history; null where there is none. */
async function exchangeToken(request: Request, session: LocalSession, acts: ActLog): Promise<Response | null> {
  const url = new URL(request.url);
  const token = url.searchParams.get('token');
  if (token === null) return null;
  const cookie = session.exchange(token);
  if (cookie === null) {
    throw new AppError('AUTH_REQUIRED', 'This token is not the one of the workbench that runs now.', {
      hint: 'Open the address that it printed when it started.',
    });
  }
  await recordAct(acts, { action: 'session.login', target: null, input: {}, kubectl: null }, async () => undefined);
  url.searchParams.delete('token');
  return new Response(null, { status: 302, headers: { location: `${url.pathname}${url.search}`, 'set-cookie': cookie, 'cache-control': 'no-store' } });
}

function withSecurityHeaders(response: Response, requestId: string): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value);
  headers.set('x-request-id', requestId);
  return new Response(response.body, { status: response.status, headers });
}

function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

function refuseUnknown(path: string): never {
  throw new AppError('NOT_FOUND', `There is no route ${path}.`, { hint: 'GET /api/openapi.json lists the routes.' });
}
