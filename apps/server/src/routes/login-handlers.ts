import { recordAct } from '@quarterdeck/cluster';
import { AppError, type LoginOffer, routes } from '@quarterdeck/contract';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type LoginRoutes = 'getLogin' | 'startLogin' | 'finishLogin' | 'consentLogin';

export function loginHandlers({ acts, clusters, logins }: Pick<Services, 'acts' | 'clusters' | 'logins'>): Pick<RouteHandlers, LoginRoutes> {
  return {
    getLogin: handle(routes.getLogin, async ({ cluster }, { actor }): Promise<LoginOffer> => {
      const offer = await logins.offer(cluster);
      // Arguments of programs may hold secrets: they are for whoever decides about them.
      return offer.kind === 'consent' && !actor.permissions.has('login.consent') ? { kind: 'none' } : offer;
    }),
    startLogin: handle(routes.startLogin, ({ cluster }, { origin, signal }) => logins.start(cluster, origin, signal)),
    finishLogin: handleStream(routes.finishLogin, async (answer, call) => {
      const draft = { action: 'cluster.login' as const, target: null, input: {}, kubectl: null };
      const finish = (query: URLSearchParams) => recordAct(acts.of(call, logins.clusterOf(query)), draft, () => logins.finish(query, call.signal));
      const text = await pageText(finish, answer);
      return {
        chunks: (async function* () {
          yield text;
        })(),
      };
    }),
    consentLogin: handle(routes.consentLogin, ({ cluster, consent }, call) => {
      const draft = { action: 'login.consent' as const, target: null, input: { consent }, kubectl: null };
      return recordAct(acts.of(call, clusters.seenBy(call).get(cluster).source.id), draft, () => logins.consent(cluster, consent));
    }),
  };
}

/** What a person reads in the browser that came back from the issuer. */
async function pageText(finish: (query: URLSearchParams) => Promise<{ cluster: string }>, answer: Record<string, string | undefined>): Promise<string> {
  const given = Object.entries(answer).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  try {
    const { cluster } = await finish(new URLSearchParams(given));
    return `You are logged in to ${cluster}. Close this page and go on in Quarterdeck.\n`;
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'CLUSTER_AUTH_FAILED') throw thrown;
    return `${thrown.message}\nClose this page and begin again in Quarterdeck.\n`;
  }
}
