import { AppError, routes } from '@quarterdeck/contract';
import type { LoginDesk } from '../logins/login-desk.ts';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type LoginRoutes = 'getLogin' | 'startLogin' | 'finishLogin' | 'consentLogin';

export function loginHandlers({ logins }: Pick<Services, 'logins'>): Pick<RouteHandlers, LoginRoutes> {
  return {
    getLogin: handle(routes.getLogin, ({ cluster }) => logins.offer(cluster)),
    startLogin: handle(routes.startLogin, ({ cluster }, { origin, signal }) => logins.start(cluster, origin, signal)),
    finishLogin: handleStream(routes.finishLogin, async (answer, { signal }) => {
      const text = await pageText(logins, answer, signal);
      return {
        chunks: (async function* () {
          yield text;
        })(),
      };
    }),
    consentLogin: handle(routes.consentLogin, ({ cluster, consent }) => logins.consent(cluster, consent)),
  };
}

/** What a person reads in the browser that came back from the issuer. */
async function pageText(logins: LoginDesk, answer: Record<string, string | undefined>, signal: AbortSignal): Promise<string> {
  const given = Object.entries(answer).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  try {
    const { cluster } = await logins.finish(new URLSearchParams(given), signal);
    return `You are logged in to ${cluster}. Close this page and go on in Quarterdeck.\n`;
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'CLUSTER_AUTH_FAILED') throw thrown;
    return `${thrown.message}\nClose this page and begin again in Quarterdeck.\n`;
  }
}
