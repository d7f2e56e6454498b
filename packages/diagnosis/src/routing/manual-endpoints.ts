import { type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import { cidrHolds } from './cidr.ts';

type Service = KindTypes['Service'];
type EndpointSlice = KindTypes['EndpointSlice'];

const serviceLabel = 'kubernetes.io/service-name';
const mirroring = 'endpointslicemirroring-controller.k8s.io';

/** Why the endpoints that somebody writes by hand lead nowhere. `object` is what has to be changed. */
export interface AstrayEndpoints {
  object: ObjectRef;
  problem: 'none' | 'not-ready' | 'port-name' | 'stale-address';
  addresses: string[];
  /** The name of a Service port that no slice has, or the address that no pod has. */
  detail: string | null;
  path: string | null;
}

/** Judges the EndpointSlices of a Service without a selector; null where they may lead somewhere, or cannot be seen. */
export function astrayEndpoints(service: Service, view: ClusterView): AstrayEndpoints | null {
  if (service.spec?.type === 'ExternalName' || Object.keys(service.spec?.selector ?? {}).length > 0) return null;
  if (view.coverage('EndpointSlice') !== 'read' || !view.covers(service.metadata.namespace)) return null;
  const slices = view.list('EndpointSlice', service.metadata.namespace).filter(({ metadata }) => metadata.labels?.[serviceLabel] === service.metadata.name);
  const filled = slices.filter(({ endpoints }) => (endpoints ?? []).some(({ addresses }) => addresses.length > 0));
  const [first] = filled;
  if (first === undefined) return { object: refOf(service), problem: 'none', addresses: [], detail: null, path: null };
  const ready = filled.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
  const addresses = ready.flatMap((endpoint) => endpoint.addresses);
  const astray = { object: writtenAs(first, service), addresses };
  if (ready.length === 0) return { ...astray, problem: 'not-ready', detail: null, path: 'endpoints[].conditions.ready' };
  const unnamed = portWithoutSlice(service, filled);
  if (unnamed !== null) return { ...astray, problem: 'port-name', detail: unnamed, path: 'ports[].name' };
  const stale = addresses.every((address) => isStale(address, view)) ? (addresses[0] ?? null) : null;
  return stale === null ? null : { ...astray, problem: 'stale-address', detail: stale, path: 'endpoints[].addresses' };
}

/** What the Endpoints object mirrors into a slice is changed there. */
function writtenAs(slice: EndpointSlice, service: Service): ObjectRef {
  if (slice.metadata.labels?.['endpointslice.kubernetes.io/managed-by'] !== mirroring) return refOf(slice);
  return { apiVersion: 'v1', kind: 'Endpoints', namespace: service.metadata.namespace ?? null, name: service.metadata.name };
}

/** kube-proxy joins a Service's port and a slice's by their names. */
function portWithoutSlice(service: Service, slices: readonly EndpointSlice[]): string | null {
  const names = new Set(slices.flatMap(({ ports }) => (ports ?? []).map(({ name }) => name ?? '')));
  const missing = (service.spec?.ports ?? []).filter(({ name }) => !names.has(name ?? ''));
  return missing.length > 0 && missing.length === (service.spec?.ports ?? []).length ? (missing[0]?.name ?? '') : null;
}

/** An address of the pods' network that no pod has any more. */
function isStale(address: string, view: ClusterView): boolean {
  if (view.scope !== null || view.coverage('Pod') !== 'read' || view.coverage('Node') !== 'read') return false;
  const networks = view.list('Node').flatMap(({ spec }) => spec?.podCIDRs ?? (spec?.podCIDR === undefined ? [] : [spec.podCIDR]));
  return networks.some((network) => cidrHolds(network, address) === true) && !view.list('Pod').some(({ status }) => status?.podIP === address);
}
