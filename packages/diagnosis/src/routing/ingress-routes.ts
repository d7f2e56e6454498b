import { type KindTypes, refTo } from '@quarterdeck/contract';
import { nearMiss } from '../pods/near-name.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { callersOf } from './service-backends.ts';

type Ingress = KindTypes['Ingress'];

/** One path of an Ingress that leads to a Service. */
export interface IngressRoute {
  host: string;
  path: string;
  service: string;
  port: number | string | null;
  /** `spec.rules[0].http.paths[1]`. */
  field: string;
}

export function routesOf(ingress: Ingress): IngressRoute[] {
  return (ingress.spec?.rules ?? []).flatMap(({ host = '', http }, i) =>
    (http?.paths ?? []).flatMap(({ path = '/', backend }, j) => {
      const { service } = backend;
      if (service === undefined) return [];
      return [{ host, path, service: service.name, port: service.port?.name ?? service.port?.number ?? null, field: `spec.rules[${i}].http.paths[${j}]` }];
    }),
  );
}

/** A path that bears the name of another Service than the one that it leads to. */
export interface OddRoute {
  route: IngressRoute;
  meant: string;
}

const affixes = /^(?:the|app|svc|service)-|-(?:service|svc|api|app|server|backend|web)$/g;

/** Whether a path segment and a Service go by one name: `/cart` and cart, cart-service, carts. */
function nameEachOther(segment: string, service: string): boolean {
  const [a, b] = [segment.toLowerCase(), service.toLowerCase()];
  return a === b || a === b.replaceAll(affixes, '') || b.split('-').includes(a) || (a.length > 4 && nearMiss(a, [b]) === b);
}

/**
 * Paths that lead to a Service of another name although a Service of their own exists: two that are exchanged, or one
 * whose backend is that of another path, called after it, while nothing leads to the Service that it is named after.
 */
export function oddRoutes(ingress: Ingress, view: ClusterView): OddRoute[] {
  const routes = routesOf(ingress).map((route) => ({ route, segment: /^\/?([\w-]+)/.exec(route.path)?.[1] ?? '' }));
  const odd = routes.flatMap(({ route, segment }) => {
    if (segment === '' || nameEachOther(segment, route.service)) return [];
    const meant = serviceNamedAs(segment, ingress, view);
    return meant === null || meant === route.service ? [] : [{ route, meant, segment }];
  });
  const isExchanged = (entry: (typeof odd)[number]) =>
    odd.some((other) => other.route.host === entry.route.host && other.route.service === entry.meant && other.meant === entry.route.service);
  const isCopied = ({ route, meant }: (typeof odd)[number]) =>
    routes.some((other) => other.route.service === route.service && nameEachOther(other.segment, other.route.service)) && !isReached(meant, ingress, view);
  return odd.filter((entry) => isExchanged(entry) || isCopied(entry)).map(({ route, meant }) => ({ route, meant }));
}

function serviceNamedAs(segment: string, { metadata }: Ingress, view: ClusterView): string | null {
  const names = view.list('Service', metadata.namespace).map((service) => service.metadata.name);
  if (names.includes(segment)) return segment;
  const alike = names.filter((name) => name.replaceAll(affixes, '') === segment);
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/** Whether anything leads to a Service: an Ingress, a route, or a workload that names it. */
function isReached(service: string, { metadata }: Ingress, view: ClusterView): boolean {
  return callersOf(view, refTo('Service', metadata.namespace ?? null, service)).length > 0;
}
