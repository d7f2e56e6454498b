import { isKind, type KubeObject, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import { type CustomCondition, conditionsOf } from '../custom/conditions.ts';
import { at, listAt, numberAt, textAt } from '../custom/fields.ts';
import { selectorMatches } from '../graph/label-selector.ts';
import { type CustomResource, defineCode, defineCustomAnalyser } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { offeredPorts } from '../routing/called-port.ts';
import {
  type BackendRef,
  backendRefs,
  gatewayGroup,
  hostnamesOf,
  isGatewayKind,
  type Listener,
  listenersOf,
  type ParentRef,
  parentRefs,
  routeKinds,
  sharesHostname,
  takesKind,
} from '../routing/gateway-api.ts';
import { isGranted } from '../routing/reference-grant.ts';
import { serviceOf, serviceState } from '../routing/service-state.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { conditionEvidence } from './custom-resource.ts';

/** `problem` is why the route does not attach; `offered` what the Gateway has instead, `meant` what was probably meant. */
export type DetachedFacts = { gateway: string; problem: string; wanted: string; offered: readonly string[]; meant: string | null; path: string };

export const gatewayRouteDetached = defineCode<DetachedFacts>({
  code: 'gateway-route-detached',
  title: 'Route does not attach to its Gateway',
  documentation:
    'The Gateway that the route names does not exist, has no listener of the name or port that it asks for, takes no routes of its kind or from its namespace, or serves other host names. The route is not served by it.',
  silentWhen: 'The controller has accepted the route, or the Gateway cannot be seen.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ gateway, problem, wanted }) => `Does not attach to Gateway ${gateway}: ${detachedText(problem, wanted)}.`,
});

export function detachedText(problem: string, wanted: string): string {
  const texts: Record<string, string> = {
    missing: 'it does not exist',
    section: `it has no listener ${wanted}`,
    kind: `none of its listeners takes a ${wanted}`,
    namespace: `its listeners take no routes from namespace ${wanted}`,
    hostname: `none of its listeners serves ${wanted}`,
  };
  return texts[problem] ?? problem;
}

/** `problem` is `missing`, `port` or `not-granted`. */
export type RouteBackendFacts = {
  service: string;
  namespace: string;
  problem: string;
  port: number | null;
  offered: readonly string[];
  meant: string | null;
  path: string;
};

export const gatewayRouteBackend = defineCode<RouteBackendFacts>({
  code: 'gateway-route-backend',
  title: 'Route leads to a backend that cannot be used',
  documentation:
    'A rule of the route names a Service that does not exist, a port that the Service does not have, or a Service of another namespace that no ReferenceGrant opens to it. Requests to that rule are answered with 500.',
  silentWhen: 'The backend is no Service, or its namespace cannot be read.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ service, problem, port }) =>
    problem === 'missing'
      ? `Service ${service} does not exist.`
      : problem === 'port'
        ? `Service ${service} has no port ${port}.`
        : `No ReferenceGrant opens Service ${service} to it.`,
});

export const gatewayRouteUnserved = defineCode<{ service: string }>({
  code: 'gateway-route-backend-unready',
  title: 'Route leads to a Service without ready endpoints',
  documentation:
    'The Service behind a rule of the route exists, but no ready pod stands behind it. Requests to that rule are answered with an error. Look at the Service and its pods.',
  silentWhen: 'Its pods are within their own patience, or it is scaled to zero on purpose.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ service }) => `Service ${service} has no ready endpoints.`,
});

export type RouteRefusedFacts = { gateway: string; condition: string; reason: string; message: string };

export const gatewayRouteRefused = defineCode<RouteRefusedFacts>({
  code: 'gateway-route-refused',
  title: 'Gateway controller refuses a route',
  documentation:
    'The controller of the Gateway says in status.parents that it does not accept the route, or cannot use what it refers to. Reason and message are its own words.',
  silentWhen: 'The condition is about an older generation of the route.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ gateway, condition, reason, message }) => `Gateway ${gateway}: ${condition} (${reason})${message === '' ? '' : `: ${message}`}`,
});

export const gatewayRouteAnalyser = defineCustomAnalyser({
  id: 'gateway-route',
  matches: (kind) => isGatewayKind(kind, ...routeKinds),
  reads: ['Service', 'Pod', 'Namespace', 'Deployment', 'StatefulSet', 'DaemonSet'],
  codes: [gatewayRouteDetached, gatewayRouteBackend, gatewayRouteUnserved, gatewayRouteRefused],
  *analyse(route, view) {
    if (route.metadata.deletionTimestamp !== undefined) return;
    for (const parent of parentRefs(route)) yield* detached(route, parent, view);
    const broken = new Set<string>();
    for (const backend of backendRefs(route)) {
      const finding = unusable(route, backend, view) ?? unserved(route, backend, view);
      if (finding === null || broken.has(`${finding.code}|${refKey(backend.service)}|${backend.port}`)) continue;
      broken.add(`${finding.code}|${refKey(backend.service)}|${backend.port}`);
      yield finding;
    }
    yield* refused(route);
  },
});

/** What the controller of a Gateway says of the route; empty where it has not looked yet. */
function saidOf(route: CustomResource, { gateway, sectionName }: ParentRef): CustomCondition[] {
  const entry = listAt(route, 'status', 'parents').find((raw) => {
    const ref = at(raw, 'parentRef');
    return textAt(ref, 'name') === gateway?.name && (textAt(ref, 'sectionName') ?? null) === sectionName;
  });
  return entry === undefined ? [] : conditionsOf({ ...route, status: entry });
}

function* detached(route: CustomResource, parent: ParentRef, view: ClusterView): Iterable<RawFinding<DetachedFacts>> {
  const { gateway, path } = parent;
  if (gateway === null || saidOf(route, parent).some(({ type, status }) => type === 'Accepted' && status === 'True')) return;
  const object = refOf(route);
  const base = { code: gatewayRouteDetached.code, object, discriminator: path, severity: 'high' as const, since: null };
  if (view.isMissing(gateway)) {
    const names = view.listCustom(gatewayGroup, 'Gateway', gateway.namespace ?? undefined).map(({ metadata }) => metadata.name);
    const elsewhere = view.listCustom(gatewayGroup, 'Gateway').find(({ metadata }) => metadata.name === gateway.name);
    const meant = nearMiss(gateway.name, names);
    const offered = elsewhere === undefined ? names : [`${elsewhere.metadata.namespace}/${elsewhere.metadata.name}`];
    const facts = { gateway: gateway.name, problem: 'missing', wanted: gateway.name, offered, meant, path };
    yield {
      ...base,
      facts,
      evidence: [
        fieldEvidence(object, `${path}.name`, gateway.name, { decisive: true }),
        absenceEvidence(gateway, `Gateway ${gateway.name} does not exist in ${gateway.namespace}`),
      ],
    };
    return;
  }
  const found = view.find(gateway);
  const mismatch = found === undefined ? null : mismatchOf(route, parent, found, view);
  if (mismatch === null) return;
  const { problem, wanted, offered, meant } = mismatch;
  const facts = { gateway: gateway.name, path, problem, wanted, offered, meant };
  const seen = [
    fieldEvidence(object, mismatch.field, mismatch.wanted, { decisive: true }),
    fieldEvidence(gateway, 'spec.listeners', mismatch.offered.join(', '), {
      decisive: true,
      text: `Gateway ${gateway.name} has ${mismatch.offered.join(', ')}`,
    }),
  ];
  yield { ...base, facts, evidence: seen };
}

interface Mismatch {
  problem: string;
  wanted: string;
  offered: string[];
  meant: string | null;
  field: string;
}

/** Each condition narrows the listeners that are left; the one that leaves none is what is wrong. */
function mismatchOf(route: CustomResource, { sectionName, port, path, gateway }: ParentRef, found: KubeObject, view: ClusterView): Mismatch | null {
  const all = listenersOf(found);
  const named = all.filter((listener) => (sectionName === null || listener.name === sectionName) && (port === null || listener.port === port));
  if (named.length === 0) {
    const names = all.map(({ name }) => name);
    const wanted = sectionName ?? String(port);
    return {
      problem: 'section',
      wanted,
      offered: all.map((listener) => `${listener.name} (${listener.port})`),
      meant: sectionName === null ? null : nearMiss(sectionName, names),
      field: `${path}.${sectionName === null ? 'port' : 'sectionName'}`,
    };
  }
  const ofKind = named.filter((listener) => takesKind(listener, route.kind));
  if (ofKind.length === 0)
    return {
      problem: 'kind',
      wanted: route.kind,
      offered: named.map((listener) => `${listener.name} (${(listener.kinds ?? [listener.protocol]).join(', ')})`),
      meant: null,
      field: 'kind',
    };
  const open = ofKind.filter((listener) => takesNamespace(listener, route, gateway, view));
  if (open.length === 0)
    return {
      problem: 'namespace',
      wanted: route.metadata.namespace ?? '',
      offered: ofKind.map((listener) => `${listener.name} (from ${listener.from})`),
      meant: null,
      field: 'metadata.namespace',
    };
  const hosts = hostnamesOf(route);
  if (open.some((listener) => sharesHostname(listener, hosts))) return null;
  return {
    problem: 'hostname',
    wanted: hosts.join(', '),
    offered: open.map((listener) => `${listener.name} (${listener.hostname})`),
    meant: null,
    field: 'spec.hostnames',
  };
}

/** Whether a listener takes routes from the route's namespace; also where the namespace's labels cannot be seen. */
function takesNamespace(listener: Listener, route: CustomResource, gateway: ObjectRef | null, view: ClusterView): boolean {
  if (listener.from === 'All' || (listener.from === 'Same' && route.metadata.namespace === gateway?.namespace)) return true;
  const namespace = view.get('Namespace', null, route.metadata.namespace ?? '');
  return listener.from === 'Selector' && (namespace === undefined || selectorMatches(listener.selector, namespace.metadata.labels));
}

function unusable(route: CustomResource, { service, port, path }: BackendRef, view: ClusterView): RawFinding<RouteBackendFacts> | null {
  const object = refOf(route);
  const base = { code: gatewayRouteBackend.code, object, discriminator: path, severity: 'high' as const, since: null };
  const common = { service: service.name, namespace: service.namespace ?? '', port, path };
  if (view.isMissing(service)) {
    const names = view.list('Service', service.namespace ?? undefined).map(({ metadata }) => metadata.name);
    const facts = { ...common, problem: 'missing', offered: [], meant: nearMiss(service.name, names) };
    return {
      ...base,
      facts,
      evidence: [
        fieldEvidence(object, `${path}.name`, service.name, { decisive: true }),
        absenceEvidence(service, `Service ${service.name} does not exist in ${service.namespace}`),
      ],
    };
  }
  const found = view.find(service);
  if (found === undefined || !isKind(found, 'Service')) return null;
  const ports = found.spec?.ports ?? [];
  if (port !== null && found.spec?.type !== 'ExternalName' && ports.every((offered) => offered.port !== port)) {
    const offered = offeredPorts(found);
    const facts = { ...common, problem: 'port', offered, meant: ports.length === 1 ? String(ports[0]?.port) : null };
    return {
      ...base,
      facts,
      evidence: [fieldEvidence(object, `${path}.port`, port, { decisive: true }), fieldEvidence(service, 'spec.ports', offered.join(', '), { decisive: true })],
    };
  }
  if (isGranted(object, service, view)) return null;
  const facts = { ...common, problem: 'not-granted', offered: [], meant: null };
  return {
    ...base,
    facts,
    evidence: [
      fieldEvidence(object, `${path}.namespace`, service.namespace ?? '', { decisive: true }),
      absenceEvidence(service, `No ReferenceGrant in ${service.namespace} opens it to ${object.kind}s of ${object.namespace}`),
    ],
  };
}

const unservedStates: readonly string[] = ['unready', 'podless', 'unselected'];

function unserved(route: CustomResource, { service, path }: BackendRef, view: ClusterView): RawFinding<{ service: string }> | null {
  const found = serviceOf(service, view);
  if (found === undefined || !unservedStates.includes(serviceState(found, view).state)) return null;
  const object = refOf(route);
  return {
    code: gatewayRouteUnserved.code,
    object,
    discriminator: service.name,
    severity: 'high',
    since: null,
    facts: { service: service.name },
    evidence: [fieldEvidence(object, `${path}.name`, service.name)],
  };
}

/** The words of controllers, where the state itself has not said it already: one for each Gateway. */
function* refused(route: CustomResource): Iterable<RawFinding<RouteRefusedFacts>> {
  const object = refOf(route);
  for (const parent of listAt(route, 'status', 'parents')) {
    const conditions = conditionsOf({ ...route, status: parent });
    const wrong = conditions.find(({ type, status, observedGeneration }) => {
      const current = observedGeneration === null || observedGeneration >= (numberAt(route, 'metadata', 'generation') ?? 0);
      return current && status === 'False' && (type === 'Accepted' || type === 'ResolvedRefs');
    });
    if (wrong === undefined) continue;
    const gateway = textAt(parent, 'parentRef', 'name') ?? '';
    const facts = { gateway, condition: `${wrong.type} is False`, reason: wrong.reason, message: wrong.message };
    yield {
      code: gatewayRouteRefused.code,
      object,
      discriminator: gateway,
      severity: 'medium',
      since: wrong.changedAt,
      facts,
      evidence: [conditionEvidence(object, wrong)],
    };
  }
}
