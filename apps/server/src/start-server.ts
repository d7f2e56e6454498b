import { randomBytes } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { type BoundServer, bindServer } from './config/bind-server.ts';
import { drainServer } from './config/drain-server.ts';
import { onThisMachine, type TrustedProxies } from './config/exposure.ts';
import { builtWeb, type ServerOptions, usualCallsPerSecond } from './config/options.ts';
import { localScraper } from './gate/actors.ts';
import type { DemoAccount } from './identity/demo-team.ts';
import { issuerOfTokens } from './identity/issuer-of-tokens.ts';
import { openTeam, setupToken, type TeamDoor } from './identity/open-team.ts';
import { teamEntrance } from './identity/team-entrance.ts';
import type { TeamOptions } from './identity/team-options.ts';
import { lookAfterLedger } from './ledger/look-after-ledger.ts';
import { createCallLimits } from './limits/call-limits.ts';
import { attachLiveServer } from './live/live-server.ts';
import { localMcpEntrance, teamMcpEntrance } from './mcp/mcp-tokens.ts';
import { ServerMetrics } from './observability/server-metrics.ts';
import { openServices, type ServicesOptions } from './open-services.ts';
import type { Services } from './routes/services.ts';
import { AccessWatch } from './session/access-watch.ts';
import { createLocalSession, sessionCookieName } from './session/local-session.ts';
import { createPageKeys } from './session/page-keys.ts';
import { createRequestGuard } from './session/request-guard.ts';
import { createTicketDesk } from './tickets/ticket-desk.ts';

export type StartOptions = ServicesOptions &
  Pick<ServerOptions, 'port'> &
  Partial<Pick<ServerOptions, 'callsPerSecond' | 'exposure' | 'webFolder'>> & {
    /** Where people log in; null or left out, the workbench is for the one person who started it. */
    team?: TeamOptions | null;
  };

export interface RunningServer {
  /** With the launch token, or with what makes the first account of a team. */
  url: string;
  port: number;
  /** Empty where people log in. */
  token: string;
  /** Accounts to try a team with; empty for every other workbench. */
  demo: readonly DemoAccount[];
  /** Tells sockets why, lets calls come to their end, writes down what waits, and ends every watch and list. */
  close(): Promise<void>;
}

const newSecret = () => randomBytes(32).toString('base64url');

/** Starts the workbench. The port is bound first, since who is let in depends on it. */
export async function startServer({
  port,
  exposure = onThisMachine,
  callsPerSecond = usualCallsPerSecond,
  team = null,
  webFolder = builtWeb,
  ...options
}: StartOptions): Promise<RunningServer> {
  const services = await openServices(options);
  try {
    return await serve(services, await bindServer(exposure, port, options.log), { callsPerSecond, team, proxies: exposure.proxies, webFolder });
  } catch (thrown) {
    await closeServices(services);
    throw thrown;
  }
}

async function closeServices({ actions, alerts, assistant, mcpServers, forwards, clusters, shared, storage, terminals }: Services): Promise<void> {
  await terminals.close();
  alerts.close();
  await actions.close();
  await assistant.close();
  await mcpServers.close();
  await forwards.close();
  await clusters.close();
  await shared.close();
  await storage.close();
}

interface ServeOptions {
  callsPerSecond: number;
  team: TeamOptions | null;
  proxies: TrustedProxies | null;
  webFolder: string;
}

/** Where nobody has an account yet, the address holds what makes the first. */
async function firstFragment({ team }: TeamDoor): Promise<string> {
  const token = await setupToken(team);
  return token === null ? '' : `#setup=${token}`;
}

async function serve(
  services: Services,
  { server, port, origins, secure, release }: BoundServer,
  { callsPerSecond, team: teamOptions, proxies, webFolder }: ServeOptions,
): Promise<RunningServer> {
  const token = teamOptions === null ? newSecret() : '';
  const team = teamOptions === null ? null : await openTeam(services, { ...teamOptions, port, secure });
  const entrance =
    team === null ? createLocalSession({ port, secure }, { launchToken: token, cookieValue: newSecret() }) : teamEntrance(team.team, team.cookies);
  const mcp = team === null ? localMcpEntrance(token) : teamMcpEntrance(entrance, issuerOfTokens(team));
  const watch = new AccessWatch(entrance, services.log);
  const guard = createRequestGuard(origins);
  const pageKeys = secure ? null : createPageKeys(sessionCookieName(port), newSecret());
  const ending = new AbortController();
  const metrics = new ServerMetrics({ storage: services.storage, costs: () => services.clusters.seenBy({ actor: localScraper }).costs() });
  metrics.measureProcess();
  const tickets = createTicketDesk(services.shared);
  const limits = createCallLimits(services.shared, callsPerSecond);
  server.on(
    'request',
    getRequestListener(
      createApp({ services, entrance, watch, team, guard, pageKeys, limits, tickets, proxies, mcp, ending: ending.signal, metrics, webFolder }).fetch,
      {
        overrideGlobalObjects: false,
      },
    ),
  );
  const leaveLedger = await lookAfterLedger(services.ledger, services.log);
  services.forwards.startRemembered();
  services.actions.lookAfter();
  services.alerts.start();
  const live = attachLiveServer(server, { guard, entrance, watch, services, tickets, limits, proxies, metrics });
  return {
    url: `${origins[0]}/${team === null ? `#token=${token}` : await firstFragment(team)}`,
    port,
    token,
    demo: team?.demo ?? [],
    async close() {
      ending.abort();
      release();
      await Promise.all([live.close(), drainServer(server)]);
      await watch.close();
      metrics.close();
      team?.close();
      leaveLedger();
      const lost = await services.ledger.flush();
      if (lost > 0) services.log.error({ lost }, 'Results of acts could not be written down.');
      await closeServices(services);
    },
  };
}
