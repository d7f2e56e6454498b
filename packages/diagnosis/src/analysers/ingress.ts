import { type KindTypes, type ObjectRef, refOf, refTo } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { absenceEvidence, evidence, fieldEvidence } from '../pods/evidence.ts';
import { serviceOf, serviceState } from '../routing/service-state.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type IngressClassFacts = { class: string | null; existing: readonly string[] };

export const ingressClassMissing = defineCode<IngressClassFacts>({
  code: 'ingress-class-missing',
  title: 'Ingress has no class that exists',
  documentation:
    'The Ingress names an IngressClass that does not exist, or names none while the cluster has no default class. No controller picks it up: it gets no address and routes nothing, and no event says so.',
  silentWhen: 'There is a default class, or the class is one that a cloud handles without an object (gce).',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ class: name }) =>
    name === null
      ? 'No ingress class is named and there is no default class: no controller serves it.'
      : `Ingress class ${name} does not exist: no controller serves it.`,
});

export type IngressBackendFacts = { service: string; port: string | null };

export const ingressBackendMissing = defineCode<IngressBackendFacts>({
  code: 'ingress-backend-missing',
  title: 'Ingress routes to a Service that does not exist',
  documentation:
    'A rule or the default backend of the Ingress names a Service that is not in its namespace. Requests to that path are answered with an error (503).',
  silentWhen: 'Services of that namespace may not be listed, or the backend is a resource and no Service.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ service }) => `Backend Service ${service} does not exist.`,
});

export type IngressPortFacts = { service: string; port: string; offered: readonly string[]; path: string };

export const ingressPortMismatch = defineCode<IngressPortFacts>({
  code: 'ingress-port-mismatch',
  title: 'Ingress routes to a port that its Service does not have',
  documentation:
    'The backend of the Ingress names a port (by number or by name) that the Service does not expose. Requests to that path are answered with an error (503).',
  silentWhen: 'The Service is an ExternalName, or the port is found by number or by name.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ service, port, offered }) => `Service ${service} has no port ${port}; it has ${offered.join(', ')}.`,
});

export type IngressTlsFacts = { secret: string };

export const ingressTlsMissing = defineCode<IngressTlsFacts>({
  code: 'ingress-tls-missing',
  title: 'TLS Secret of an Ingress does not exist',
  documentation: 'The Ingress names a TLS Secret that does not exist. Most controllers then serve their own fallback certificate, which clients refuse.',
  silentWhen: 'Secrets may not be listed, or no secretName is given and the controller’s own certificate is meant.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ secret }) => `TLS Secret ${secret} does not exist.`,
});

export type IngressUnservedFacts = { service: string };

export const ingressBackendUnready = defineCode<IngressUnservedFacts>({
  code: 'ingress-backend-unready',
  title: 'Ingress routes to a Service without ready endpoints',
  documentation:
    'The Service behind a path of the Ingress exists, but no ready pod stands behind it. Requests to that path are answered with an error (503). Look at the Service and its pods.',
  silentWhen: 'The backend is scaled to zero on purpose, or its pods are still within their own patience.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ service }) => `Service ${service} has no ready endpoints: requests are answered with 503.`,
});

export const ingressAnalyser = defineAnalyser({
  id: 'ingress',
  kind: 'Ingress',
  reads: ['IngressClass', 'Service', 'Secret', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet'],
  codes: [ingressClassMissing, ingressBackendMissing, ingressPortMismatch, ingressTlsMissing, ingressBackendUnready],
  *analyse(ingress, view) {
    if (ingress.metadata.deletionTimestamp !== undefined) return;
    const object = refOf(ingress);
    yield* classFindings(ingress, view);
    for (const route of view.outgoing(object, 'routes')) yield* backendFindings(object, route, view);
    yield* unserved(object, view);
    for (const tls of view.outgoing(object, 'mounts')) {
      if (view.isMissing(tls.to)) yield tlsFinding(object, tls);
    }
  },
});

/** Classes that controllers of cloud providers know without an IngressClass object. */
const classesWithoutObject = new Set(['gce', 'gce-internal', 'alb']);

function isServed(ingress: KindTypes['Ingress']): boolean {
  return (ingress.status?.loadBalancer?.ingress ?? []).length > 0;
}

function* classFindings(ingress: KindTypes['Ingress'], view: ClusterView): Iterable<RawFinding<IngressClassFacts>> {
  if (view.coverage('IngressClass') !== 'read' || isServed(ingress)) return;
  const object = refOf(ingress);
  const relation = view.outgoing(object, 'classes')[0];
  const existing = view.list('IngressClass').map(({ metadata }) => metadata.name);
  if (relation === undefined) {
    const text = existing.length === 0 ? 'No IngressClass exists' : `None of the IngressClasses is the default: ${existing.join(', ')}`;
    yield classFinding(object, { class: null, existing }, [absenceEvidence(object, text)]);
    return;
  }
  const name = relation.to.name;
  if (!view.isMissing(relation.to) || (relation.path.startsWith('metadata') && classesWithoutObject.has(name))) return;
  yield classFinding(object, { class: name, existing }, [
    fieldEvidence(object, relation.path, name, { decisive: true }),
    absenceEvidence(relation.to, existing.length === 0 ? 'No IngressClass exists' : `Existing ingress classes: ${existing.join(', ')}`),
  ]);
}

function classFinding(object: ObjectRef, facts: IngressClassFacts, seen: RawFinding['evidence']): RawFinding<IngressClassFacts> {
  return { code: ingressClassMissing.code, object, discriminator: '', severity: 'high', since: null, facts, evidence: seen };
}

function* backendFindings(object: ObjectRef, route: Relation, view: ClusterView): Iterable<RawFinding> {
  const port = route.detail.port;
  const base = { object, discriminator: route.path, severity: 'high' as const, since: null };
  if (view.isMissing(route.to)) {
    const facts: IngressBackendFacts = { service: route.to.name, port: port === undefined ? null : String(port) };
    const missing = absenceEvidence(route.to, `Service ${route.to.name} does not exist in ${route.to.namespace}`);
    yield { ...base, code: ingressBackendMissing.code, facts, evidence: [fieldEvidence(object, route.path, route.to.name), missing] };
    return;
  }
  const service = view.get('Service', route.to.namespace, route.to.name);
  const ports = service?.spec?.ports ?? [];
  if (service === undefined || port === undefined || service.spec?.type === 'ExternalName') return;
  if (ports.some((offered) => (typeof port === 'number' ? offered.port === port : offered.name === port))) return;
  const offered = ports.map((known) => (known.name === undefined ? String(known.port) : `${known.port} (${known.name})`));
  const portPath = route.path.replace(/name$/, typeof port === 'number' ? 'port.number' : 'port.name');
  const facts: IngressPortFacts = { service: route.to.name, port: String(port), offered, path: portPath };
  const known = evidence({
    source: 'spec',
    object: route.to,
    path: 'spec.ports',
    value: offered.join(', '),
    text: `Service ${route.to.name} has ${offered.join(', ')}`,
  });
  yield { ...base, code: ingressPortMismatch.code, facts, evidence: [fieldEvidence(object, portPath, port, { decisive: true }), known] };
}

function tlsFinding(object: ObjectRef, tls: Relation): RawFinding<IngressTlsFacts> {
  const secret = refTo('Secret', tls.to.namespace, tls.to.name);
  return {
    code: ingressTlsMissing.code,
    object,
    discriminator: tls.to.name,
    severity: 'medium',
    since: null,
    facts: { secret: tls.to.name },
    evidence: [fieldEvidence(object, tls.path, tls.to.name), absenceEvidence(secret, `Secret ${tls.to.name} does not exist in ${tls.to.namespace}`)],
  };
}

const unservedStates: readonly string[] = ['unready', 'podless', 'unselected'];

/** One for each Service, however many paths lead to it. */
function* unserved(object: ObjectRef, view: ClusterView): Iterable<RawFinding<IngressUnservedFacts>> {
  const routes = new Map(view.outgoing(object, 'routes').map((route) => [route.to.name, route]));
  for (const [name, route] of routes) {
    const service = serviceOf(route.to, view);
    if (service === undefined || !unservedStates.includes(serviceState(service, view).state)) continue;
    const seen = [fieldEvidence(object, route.path, name)];
    yield { code: ingressBackendUnready.code, object, discriminator: name, severity: 'high', since: null, facts: { service: name }, evidence: seen };
  }
}
