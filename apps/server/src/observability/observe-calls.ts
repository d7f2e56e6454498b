import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { RouteEnvironment } from '../routes/mount-routes.ts';
import { newRequestId } from '../routes/request-id.ts';
import type { ServerMetrics } from './server-metrics.ts';
import { describeSpan, traced } from './tracing.ts';

/** Outermost: gives each call its id, counts and times it, traces it, and writes one line of the log. No query, no path: they name objects. */
export function observeCalls(metrics: ServerMetrics, log: Logger, level: 'debug' | 'info'): MiddlewareHandler<RouteEnvironment> {
  return (c, next) => {
    const requestId = newRequestId();
    c.set('requestId', requestId);
    const { method } = c.req;
    const begun = performance.now();
    return traced(method, c.req.raw.headers, async (span) => {
      await next();
      const { status } = c.res;
      const route = c.get('route') ?? (status < 400 ? 'page' : 'none');
      const seconds = (performance.now() - begun) / 1000;
      metrics.called({ route, method, status, seconds });
      describeSpan(span, { route, method, status, requestId });
      log[level]({ requestId, route, method, status, actor: c.get('actor') ?? null, ms: Math.round(seconds * 1000) }, 'A call was answered.');
    });
  };
}
