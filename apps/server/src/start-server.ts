import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createApp } from './app.ts';
import { listen } from './config/listen.ts';
import { type ServerOptions, usualCallsPerSecond } from './config/options.ts';
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

export type StartOptions = ServicesOptions & Pick<ServerOptions, 'host' | 'port'> & Partial<Pick<ServerOptions, 'callsPerSecond'>>;

export interface RunningServer {
  /** With the launch token. */
  url: string;
  port: number;
  token: string;
  /** Ends every call, socket, watch and list. */
  close(): Promise<void>;
}

/** `npm run build:web` writes here. */
const webFolder = join(import.meta.dirname, '..', '..', 'web', 'dist');

const newSecret = () => randomBytes(32).toString('base64url');

/** Starts the workbench. The port is bound first, since who is let in depends on it. */
export async function startServer({ host, port: wanted, callsPerSecond = usualCallsPerSecond, ...options }: StartOptions): Promise<RunningServer> {
  const services = await openServices(options);
  try {
    return await serve(services, await bind(host, wanted), callsPerSecond);
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

async function serve(services: Services, { server, host, port }: Awaited<ReturnType<typeof bind>>, callsPerSecond: number): Promise<RunningServer> {
  const token = newSecret();
  const session = createLocalSession(port, { launchToken: token, cookieValue: newSecret() });
  const guard = createRequestGuard(loopbackOrigins(port));
  const pageKeys = createPageKeys(sessionCookieName(port), newSecret());
  const limits = createCallLimits(services.shared, callsPerSecond);
  server.on('request', getRequestListener(createApp({ services, session, guard, pageKeys, limits, webFolder }).fetch, { overrideGlobalObjects: false }));
  const leaveLedger = await lookAfterLedger(services.ledger, services.log);
  services.forwards.startRemembered();
  services.alerts.start();
  const live = attachLiveServer(server, { guard, authenticate: session.authenticate, services });
  return {
    url: `http://${host === '::1' ? '[::1]' : host}:${port}/#token=${token}`,
    port,
    token,
    async close() {
      live.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      leaveLedger();
      await closed;
      await closeServices(services);
    },
  };
}
