import { type KindTypes, refLabel, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { evidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Ingress = KindTypes['Ingress'];

export type IngressConflictFacts = { host: string; path: string; own: string; other: string; otherBackend: string };

export const ingressConflict = defineCode<IngressConflictFacts>({
  code: 'ingress-conflict',
  title: 'Two Ingresses claim the same host and path',
  documentation:
    'Another Ingress of the same class has a rule for the same host and path that leads to another Service. Controllers serve one of the two, most often the older one, and say so in their own log at best.',
  silentWhen: 'They are of different classes, or one is marked as a canary of the other.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ host, path, other, otherBackend }) => `${host}${path} is also claimed by Ingress ${other}, which leads to ${otherBackend}.`,
});

interface Route {
  host: string;
  path: string;
  backend: string;
  field: string;
}

/** The younger of the two speaks: it came to a place that was taken. Canaries share a place on purpose. */
export const ingressConflictAnalyser = defineAnalyser({
  id: 'ingress-conflict',
  kind: 'Ingress',
  reads: ['IngressClass'],
  codes: [ingressConflict],
  *analyse(ingress, view) {
    if (ingress.metadata.deletionTimestamp !== undefined || isCanary(ingress)) return;
    const object = refOf(ingress);
    for (const route of routesOf(ingress)) {
      const older = view.ingressesFor(route.host).filter((other) => isOlder(other, ingress) && !isCanary(other));
      for (const other of older.filter((candidate) => classOf(candidate, view) === classOf(ingress, view))) {
        const same = routesOf(other).find(({ host, path }) => host === route.host && path === route.path);
        if (same === undefined || same.backend === route.backend) continue;
        const name = other.metadata.namespace === ingress.metadata.namespace ? other.metadata.name : `${other.metadata.namespace}/${other.metadata.name}`;
        yield {
          code: ingressConflict.code,
          object,
          discriminator: route.field,
          severity: 'medium',
          since: timeOf(ingress.metadata.creationTimestamp),
          facts: { host: route.host, path: route.path, own: serviceName(route), other: name, otherBackend: serviceName(same) },
          evidence: [
            evidence({
              source: 'spec',
              object,
              path: route.field,
              value: route.backend,
              text: `${route.host}${route.path} leads to ${serviceName(route)}`,
              decisive: true,
            }),
            evidence({
              source: 'spec',
              object: refOf(other),
              path: same.field,
              value: same.backend,
              text: `${refLabel(refOf(other))}: ${same.host}${same.path} leads to ${serviceName(same)}`,
              decisive: true,
            }),
          ],
        };
      }
    }
  },
});

function isOlder(other: Ingress, ingress: Ingress): boolean {
  const [a, b] = [timeOf(other.metadata.creationTimestamp) ?? 0, timeOf(ingress.metadata.creationTimestamp) ?? 0];
  return other.metadata.deletionTimestamp === undefined && (a < b || (a === b && keyOf(other) < keyOf(ingress)));
}

function keyOf({ metadata }: Ingress): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function classOf(ingress: Ingress, view: ClusterView): string | undefined {
  return view.outgoing(refOf(ingress), 'classes')[0]?.to.name;
}

function isCanary({ metadata }: Ingress): boolean {
  return Object.keys(metadata.annotations ?? {}).some((key) => /canary|weight|merge|mergeable-ingress/.test(key));
}

/** Paths of rules with a host; a rule for every host is a fallback that others may narrow. */
function routesOf(ingress: Ingress): Route[] {
  return (ingress.spec?.rules ?? []).flatMap(({ host, http }, i) =>
    host === undefined
      ? []
      : (http?.paths ?? []).flatMap(({ path = '/', pathType, backend }, j) => {
          const service = backend.service;
          if (service === undefined) return [];
          const port = service.port?.name ?? service.port?.number ?? '';
          return [
            {
              host,
              path: `${path}${pathType === 'Exact' ? ' (exact)' : ''}`,
              backend: `${ingress.metadata.namespace}/${service.name}:${port}`,
              field: `spec.rules[${i}].http.paths[${j}]`,
            },
          ];
        }),
  );
}

function serviceName({ backend }: Route): string {
  return `Service ${backend}`;
}
