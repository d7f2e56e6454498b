import { readCertificates, revealSecretValue } from '@quarterdeck/cluster';
import { refLabel, refTo, routes } from '@quarterdeck/contract';
import { notThere } from '../policy/not-there.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type SecretRoutes = 'revealSecretValue' | 'listCertificates';

export function secretHandlers({ acts, clusters }: Services): Pick<RouteHandlers, SecretRoutes> {
  return {
    revealSecretValue: handle(routes.revealSecretValue, async ({ cluster, ...place }, call) => {
      const runtime = clusters.seenBy(call).get(cluster);
      const secret = refTo('Secret', place.namespace, place.name);
      // What somebody may not know of is not even written down as asked for.
      if (!runtime.sees(secret)) throw notThere(refLabel(secret));
      return revealSecretValue(await runtime.access(), place, { acts: acts.of(call, runtime.source.id), signal: call.signal });
    }),
    listCertificates: handle(routes.listCertificates, async ({ cluster, namespace, name }, call) => {
      const access = await clusters.seenBy(call).get(cluster).access();
      return readCertificates(access.evidence, { namespace, name }, call.signal);
    }),
  };
}
