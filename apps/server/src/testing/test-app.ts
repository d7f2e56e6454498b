import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import type { ClusterSource } from '../clusters/cluster-source.ts';
import { type CallLimits, noLimits } from '../limits/call-limits.ts';
import { openServices } from '../open-services.ts';
import type { RouteEnvironment } from '../routes/mount-routes.ts';
import type { Services } from '../routes/services.ts';
import type { Entrance } from '../session/entrance.ts';
import { createLocalSession } from '../session/local-session.ts';
import type { PageKeys } from '../session/page-keys.ts';
import { createRequestGuard } from '../session/request-guard.ts';
import { loopbackOrigins } from '../session/served-origins.ts';
import { createTicketDesk } from '../tickets/ticket-desk.ts';

export const testPort = 7420;
export const testToken = 'the-launch-token';
export const testCookie = `quarterdeck_${testPort}=the-cookie`;

export interface TestApp {
  app: Hono<RouteEnvironment>;
  services: Services;
  /** A call as a program with the token makes it. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown; headers: Headers }>;
}

/** The whole HTTP side over the given clusters, without a port. */
export async function testApp(
  sources: readonly ClusterSource[],
  options: { webFolder?: string; pageKeys?: PageKeys; limits?: CallLimits; authenticate?: Entrance['authenticate'] } = {},
): Promise<TestApp> {
  const services = await testServices(sources);
  const local = createLocalSession({ port: testPort, secure: false }, { launchToken: testToken, cookieValue: 'the-cookie' });
  const entrance = { ...local, authenticate: options.authenticate ?? local.authenticate };
  const app = createApp({
    services,
    entrance,
    team: null,
    guard: createRequestGuard(loopbackOrigins(testPort)),
    pageKeys: options.pageKeys ?? null,
    limits: options.limits ?? noLimits,
    tickets: createTicketDesk(services.shared),
    proxies: null,
    ending: new AbortController().signal,
    webFolder: options.webFolder ?? '/nowhere',
  });
  return {
    app,
    services,
    async call(method, path, body) {
      const headers = {
        host: `127.0.0.1:${testPort}`,
        authorization: `Bearer ${testToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const response = await app.request(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
  };
}

export async function testServices(sources: readonly ClusterSource[]): Promise<Services> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
  const clusters = { sources, current: sources[0]?.id ?? null };
  return openServices({ clusters, stateDirectory, version: '0.0.0', log: pino({ level: 'silent' }) });
}
