import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { listen } from './config/listen.ts';
import { type ServerOptions, usualCallsPerSecond } from './config/options.ts';
import { openTeam, setupToken, type TeamDoor } from './identity/open-team.ts';
import { teamEntrance } from './identity/team-entrance.ts';
import type { TeamOptions } from './identity/team-options.ts';
import { lookAfterLedger } from './ledger/look-after-ledger.ts';
import { createCallLimits } from './limits/call-limits.ts';
import { connectionLimits, limitConnections } from './limits/limit-connections.ts';
import { attachLiveServer } from './live/live-server.ts';
import { openServices, type ServicesOptions } from './open-services.ts';
import type { Services } from './routes/services.ts';
import { createLocalSession, sessionCookieName } from './session/local-session.ts';
import { createPageKeys } from './session/page-keys.ts';
import { createRequestGuard } from './session/request-guard.ts';
import { loopbackOrigins } from './session/served-origins.ts';
import { createTicketDesk } from './tickets/ticket-desk.ts';

export type StartOptions = ServicesOptions &
  Pick<ServerOptions, 'host' | 'port'> &
  Partial<Pick<ServerOptions, 'callsPerSecond'>> & {
    /** Where people log in; null or left out, the workbench is for the one person who started it. */
    team?: TeamOptions | null;
  };

export interface RunningServer {
  /** With the launch token, or with what makes the first account of a team. */
  url: string;
  port: number;
  /** Empty where people log in. */
  token: string;
  /** Ends every call, socket, watch and list. */
  close(): Promise<void>;
}

/** `npm run build:web` writes here. */
const webFolder = join(import.meta.dirname, '..', '..', 'web', 'dist');

const newSecret = () => randomBytes(32).toString('base64url');

/** Starts the workbench. The port is bound first, since who is let in depends on it. */
export async function startServer({ host, port: wanted, callsPerSecond = usualCallsPerSecond, team = null, ...options }: StartOptions): Promise<RunningServer> {
  const services = await openServices(options);
  try {
    return await serve(services, await bind(host, wanted), { callsPerSecond, team });
  } catch (thrown) {
    await closeServices(services);
    throw thrown;
  }
}

async function bind(host: StartOptions['host'], wanted: number | null) {
  const server = createServer(connectionLimits);
  limitConnections(server);
  return { server, host, port: await listen(server, host, wanted) };
}

async function closeServices({ alerts, forwards, clusters, shared, storage }: Services): Promise<void> {
  alerts.close();
  await forwards.close();
  await clusters.close();
  await shared.close();
  await storage.close();
}

interface ServeOptions {
  callsPerSecond: number;
  team: TeamOptions | null;
}

/** Where nobody has an account yet, the address holds what makes the first. */
async function firstFragment({ team }: TeamDoor): Promise<string> {
  const token = await setupToken(team);
  return token === null ? '' : `#setup=${token}`;
}

async function serve(
  services: Services,
  { server, host, port }: Awaited<ReturnType<typeof bind>>,
  { callsPerSecond, team: teamOptions }: ServeOptions,
): Promise<RunningServer> {
  const token = teamOptions === null ? newSecret() : '';
  const team = teamOptions === null ? null : await openTeam(services, { ...teamOptions, port, secure: false });
  const entrance = team === null ? createLocalSession(port, { launchToken: token, cookieValue: newSecret() }) : teamEntrance(team.team, team.cookies);
  const guard = createRequestGuard(loopbackOrigins(port));
  const pageKeys = createPageKeys(sessionCookieName(port), newSecret());
  const tickets = createTicketDesk(services.shared);
  const limits = createCallLimits(services.shared, callsPerSecond);
  server.on(
    'request',
    getRequestListener(createApp({ services, entrance, team, guard, pageKeys, limits, tickets, webFolder }).fetch, { overrideGlobalObjects: false }),
  );
  const leaveLedger = await lookAfterLedger(services.ledger, services.log);
  services.forwards.startRemembered();
  services.alerts.start();
  const live = attachLiveServer(server, { guard, entrance, services, tickets });
  return {
    url: `http://${host === '::1' ? '[::1]' : host}:${port}/${team === null ? `#token=${token}` : await firstFragment(team)}`,
    port,
    token,
    async close() {
      await live.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      leaveLedger();
      await closed;
      await closeServices(services);
    },
  };
}
