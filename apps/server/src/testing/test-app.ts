import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTokenCounter, openModels, parseModelSettings, systemClock } from '@quarterdeck/assistant';
import { AppError } from '@quarterdeck/contract';
import type { Hono } from 'hono';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import type { ServerModels } from '../assistant/server-models.ts';
import type { ClusterSource } from '../clusters/cluster-source.ts';
import { localScraper } from '../gate/actors.ts';
import { issuerOfTokens } from '../identity/issuer-of-tokens.ts';
import type { TeamDoor } from '../identity/open-team.ts';
import { teamEntrance } from '../identity/team-entrance.ts';
import { type CallLimits, noLimits } from '../limits/call-limits.ts';
import { localMcpEntrance, teamMcpEntrance } from '../mcp/mcp-tokens.ts';
import { ServerMetrics } from '../observability/server-metrics.ts';
import { openServices } from '../open-services.ts';
import type { RouteEnvironment } from '../routes/mount-routes.ts';
import type { Services } from '../routes/services.ts';
import { AccessWatch } from '../session/access-watch.ts';
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

export interface TestAppOptions {
  webFolder?: string;
  pageKeys?: PageKeys;
  limits?: CallLimits;
  ending?: AbortSignal;
  authenticate?: Entrance['authenticate'];
  models?: ServerModels;
  /** Left out: over the given clusters. */
  services?: Services;
  /** Left out: for the person with the launch token. */
  team?: TeamDoor;
  /** By which it is addressed; left out, `testPort`. */
  port?: number;
}

/** The whole HTTP side over the given clusters, without a port. */
export async function testApp(sources: readonly ClusterSource[], options: TestAppOptions = {}): Promise<TestApp> {
  const services = options.services ?? (await testServices(sources, options.models));
  const local = createLocalSession({ port: testPort, secure: false }, { launchToken: testToken, cookieValue: 'the-cookie' });
  const { team = null } = options;
  const entrance = team === null ? { ...local, authenticate: options.authenticate ?? local.authenticate } : teamEntrance(team.team, team.cookies);
  const app = createApp({
    services,
    entrance,
    watch: new AccessWatch(entrance, services.log),
    team,
    guard: createRequestGuard(loopbackOrigins(options.port ?? testPort)),
    pageKeys: options.pageKeys ?? null,
    limits: options.limits ?? noLimits,
    tickets: createTicketDesk(services.shared),
    proxies: null,
    mcp: team === null ? localMcpEntrance(testToken) : teamMcpEntrance(entrance, issuerOfTokens(team)),
    ending: options.ending ?? new AbortController().signal,
    metrics: new ServerMetrics({ storage: services.storage, costs: () => services.clusters.seenBy({ actor: localScraper }).costs() }),
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

export async function testServices(sources: readonly ClusterSource[], models: ServerModels = noModels): Promise<Services> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
  const clusters = { sources, current: sources[0]?.id ?? null };
  return openServices({ clusters, stateDirectory, models, version: '0.0.0', log: pino({ level: 'silent' }) });
}

/** The engine answers alone. */
export const noModels: ServerModels = {
  open: () =>
    openModels(parseModelSettings({}, 'test'), {
      keys: { environment: {}, readFile: () => Promise.reject(new Error('There are no files.')), vaults: [] },
      ...{ fetch: () => Promise.reject(new Error('There is no network.')), now: Date.now, clock: systemClock, random: Math.random },
    }),
  changed: () => undefined,
  only: () => Promise.reject(new AppError('VALIDATION_ERROR', 'There is no model.')),
  chain: async () => null,
  offered: async () => [],
  cost: () => null,
  counter: loadTokenCounter,
  keys: () => [],
  resourcePrices: async () => null,
  mockPlans: false,
  close: async () => undefined,
};
