import { type KindTypes, refOf, refTo } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { type IngressRoute, oddRoutes, routesOf } from '../routing/ingress-routes.ts';
import { type Scheme, servedScheme } from '../routing/served-scheme.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Ingress = KindTypes['Ingress'];

export type MisroutedFacts = { path: string; service: string; meant: string; field: string };

export const ingressPathMisrouted = defineCode<MisroutedFacts>({
  code: 'ingress-path-misrouted',
  title: 'Path of an Ingress leads to the Service of another path',
  documentation:
    'The paths of the Ingress are called after the Services that they lead to, but this one leads to another Service although one of its name exists. Most often two backends were exchanged, or one was copied and not changed.',
  silentWhen: 'The paths are not called after their Services, or the Service of that name is reached by another path.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ path, service, meant }) => `${path} leads to Service ${service}, although there is a Service ${meant}.`,
});

export type RewriteFacts = { target: string; path: string; groups: number; field: string };

export const ingressRewriteWithoutGroup = defineCode<RewriteFacts>({
  code: 'ingress-rewrite-without-group',
  title: 'Rewrite of an Ingress refers to a group that its path does not have',
  documentation:
    'The annotation nginx.ingress.kubernetes.io/rewrite-target uses a capture group ($1, $2), but the path has no such group, so every request is rewritten to the same path and the rest of it is lost.',
  silentWhen: 'The path has as many groups as the rewrite uses, or the controller is not ingress-nginx.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ target, path }) => `rewrite-target ${target} needs a group that path ${path} does not have.`,
});

export type BackendProtocolFacts = { service: string; port: string; spoken: string; served: string; annotated: boolean };

export const ingressBackendProtocol = defineCode<BackendProtocolFacts>({
  code: 'ingress-backend-protocol',
  title: 'Ingress speaks another protocol than its backend',
  documentation:
    'ingress-nginx speaks plain HTTP to its backends unless the annotation backend-protocol says otherwise. The probes that succeed on the port of this backend prove the other protocol, so requests end with 400 or 502.',
  silentWhen: 'No HTTP probe asks that port, or the controller is not ingress-nginx.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ service, port, spoken, served }) => `The controller speaks ${spoken} to port ${port} of Service ${service}, which serves ${served}.`,
});

export type TlsHostFacts = { host: string; listed: string; field: string };

export const ingressTlsHostMisspelt = defineCode<TlsHostFacts>({
  code: 'ingress-tls-host-misspelt',
  title: 'TLS host of an Ingress is written differently in its rules',
  documentation:
    'A host under spec.tls is in no rule of the Ingress, while a rule has a host that is written almost so and is under no TLS entry: that host is served with the fallback certificate of the controller.',
  silentWhen: 'Every host of the rules is under spec.tls, or none is like the other.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ host, listed }) => `The rules serve ${host}, but spec.tls names ${listed}.`,
});

const prefix = 'nginx.ingress.kubernetes.io';

/** What the paths of an Ingress make of requests, beyond that their backends exist. */
export const ingressPathsAnalyser = defineAnalyser({
  id: 'ingress-paths',
  kind: 'Ingress',
  reads: ['Service', 'IngressClass', 'Pod'],
  codes: [ingressPathMisrouted, ingressRewriteWithoutGroup, ingressBackendProtocol, ingressTlsHostMisspelt],
  *analyse(ingress, view) {
    if (ingress.metadata.deletionTimestamp !== undefined) return;
    yield* misrouted(ingress, view);
    yield* tlsHosts(ingress);
    if (!servedByNginx(ingress, view)) return;
    yield* rewrites(ingress);
    yield* protocols(ingress, view);
  },
});

function* misrouted(ingress: Ingress, view: ClusterView): Iterable<RawFinding<MisroutedFacts>> {
  const object = refOf(ingress);
  for (const { route, meant } of oddRoutes(ingress, view)) {
    const seen = fieldEvidence(object, `${route.field}.backend.service.name`, route.service, {
      decisive: true,
      text: `${route.path} leads to ${route.service}`,
    });
    const facts = { path: `${route.host}${route.path}`, service: route.service, meant, field: route.field };
    const other = evidence({ source: 'spec', object: refTo('Service', object.namespace, meant), text: `Service ${meant} exists`, decisive: true });
    yield { code: ingressPathMisrouted.code, object, discriminator: route.field, severity: 'medium', since: null, facts, evidence: [seen, other] };
  }
}

/** The community's controller, whose annotations are not understood by others. */
function servedByNginx(ingress: Ingress, view: ClusterView): boolean {
  const [edge] = view.outgoing(refOf(ingress), 'classes');
  const found = edge === undefined ? undefined : view.get('IngressClass', null, edge.to.name);
  return found?.spec?.controller?.includes('ingress-nginx') === true;
}

function* rewrites(ingress: Ingress): Iterable<RawFinding<RewriteFacts>> {
  const target = ingress.metadata.annotations?.[`${prefix}/rewrite-target`];
  const needed = Math.max(0, ...[...(target ?? '').matchAll(/\$(\d)/g)].map(([, digit]) => Number(digit)));
  if (target === undefined || needed === 0) return;
  const object = refOf(ingress);
  for (const { path, field } of routesOf(ingress)) {
    const groups = (path.match(/\((?!\?)/g) ?? []).length;
    if (groups >= needed) continue;
    const seen = [
      fieldEvidence(object, `metadata.annotations["${prefix}/rewrite-target"]`, target, { decisive: true, text: `rewrite-target: ${target}` }),
      fieldEvidence(object, `${field}.path`, path, { decisive: true }),
    ];
    yield {
      code: ingressRewriteWithoutGroup.code,
      object,
      discriminator: field,
      severity: 'medium',
      since: null,
      facts: { target, path, groups, field },
      evidence: seen,
    };
  }
}

function* protocols(ingress: Ingress, view: ClusterView): Iterable<RawFinding<BackendProtocolFacts>> {
  const annotated = ingress.metadata.annotations?.[`${prefix}/backend-protocol`]?.toUpperCase();
  const spoken: Scheme | null = annotated === undefined || annotated === 'HTTP' ? 'HTTP' : annotated === 'HTTPS' ? 'HTTPS' : null;
  if (spoken === null || ingress.metadata.annotations?.[`${prefix}/ssl-passthrough`] === 'true') return;
  const object = refOf(ingress);
  const told = new Set<string>();
  for (const route of routesOf(ingress)) {
    const served = schemeBehind(route, ingress, view);
    if (served === null || served === spoken || told.has(route.service)) continue;
    told.add(route.service);
    const facts = { service: route.service, port: String(route.port ?? ''), spoken, served, annotated: annotated !== undefined };
    const seen = [
      fieldEvidence(object, `metadata.annotations["${prefix}/backend-protocol"]`, annotated ?? 'not set', {
        decisive: true,
        text: `backend-protocol: ${annotated ?? 'not set (HTTP)'}`,
      }),
      evidence({
        source: 'spec',
        object: refTo('Service', object.namespace, route.service),
        text: `The probes of its pods succeed with ${served} on that port`,
        decisive: true,
      }),
    ];
    yield { code: ingressBackendProtocol.code, object, discriminator: route.service, severity: 'medium', since: null, facts, evidence: seen };
  }
}

function schemeBehind(route: IngressRoute, { metadata }: Ingress, view: ClusterView): Scheme | null {
  const service = view.get('Service', metadata.namespace ?? null, route.service);
  const port = typeof route.port === 'number' ? route.port : (service?.spec?.ports?.find(({ name }) => name === route.port)?.port ?? null);
  return service === undefined ? null : servedScheme(service, port, view);
}

function* tlsHosts(ingress: Ingress): Iterable<RawFinding<TlsHostFacts>> {
  const object = refOf(ingress);
  const entries = (ingress.spec?.tls ?? []).flatMap(({ hosts = [] }, i) => hosts.map((host, j) => ({ host, field: `spec.tls[${i}].hosts[${j}]` })));
  const ruled = new Set((ingress.spec?.rules ?? []).flatMap(({ host }) => host ?? []));
  const uncovered = [...ruled].filter((host) => !entries.some((entry) => entry.host === host || entry.host === host.replace(/^[^.]+/, '*')));
  for (const { host: listed, field } of entries.filter(({ host }) => !host.startsWith('*') && !ruled.has(host))) {
    const host = nearMiss(listed, uncovered);
    if (host === null) continue;
    const seen = [
      fieldEvidence(object, field, listed, { decisive: true }),
      evidence({ source: 'spec', object, path: 'spec.rules[].host', value: host, text: `The rules serve ${host}`, decisive: true }),
    ];
    yield { code: ingressTlsHostMisspelt.code, object, discriminator: listed, severity: 'medium', since: null, facts: { host, listed, field }, evidence: seen };
  }
}
