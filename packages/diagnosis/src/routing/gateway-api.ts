import { groupOf, type KubeObject, type ObjectRef, refTo } from '@quarterdeck/contract';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import { at, isRecord, listAt, numberAt, textAt } from '../custom/fields.ts';

/** https://gateway-api.sigs.k8s.io/reference/spec/ */
export const gatewayGroup = 'gateway.networking.k8s.io';
export const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

export function isGatewayKind({ apiVersion, kind }: { apiVersion: string; kind: string }, ...kinds: readonly string[]): boolean {
  return groupOf(apiVersion) === gatewayGroup && kinds.includes(kind);
}

/** A reference to an object of the Gateway API, whatever version of it the cluster serves. */
export function gatewayRef(kind: string, namespace: string | null, name: string): ObjectRef {
  return { apiVersion: `${gatewayGroup}/v1`, kind, namespace, name };
}

/** What a route attaches to. */
export interface ParentRef {
  /** Null where it is no Gateway. */
  gateway: ObjectRef | null;
  sectionName: string | null;
  port: number | null;
  path: string;
}

export function parentRefs(route: KubeObject): ParentRef[] {
  return listAt(route, 'spec', 'parentRefs').map((raw, i) => {
    const isGateway = (textAt(raw, 'kind') ?? 'Gateway') === 'Gateway' && (textAt(raw, 'group') ?? gatewayGroup) === gatewayGroup;
    const namespace = textAt(raw, 'namespace') ?? route.metadata.namespace ?? null;
    return {
      gateway: isGateway ? gatewayRef('Gateway', namespace, textAt(raw, 'name') ?? '') : null,
      sectionName: textAt(raw, 'sectionName'),
      port: numberAt(raw, 'port'),
      path: `spec.parentRefs[${i}]`,
    };
  });
}

export interface BackendRef {
  service: ObjectRef;
  port: number | null;
  /** `spec.rules[0].backendRefs[1]`. */
  path: string;
}

/** The Services that a route sends to, those that its filters mirror requests to among them. */
export function backendRefs(route: KubeObject): BackendRef[] {
  return listAt(route, 'spec', 'rules').flatMap((rule, i) => {
    const own = listAt(rule, 'backendRefs').map((raw, j) => backendOf(raw, route, `spec.rules[${i}].backendRefs[${j}]`));
    const mirrored = listAt(rule, 'filters').map((raw, j) =>
      backendOf(at(raw, 'requestMirror', 'backendRef'), route, `spec.rules[${i}].filters[${j}].requestMirror.backendRef`),
    );
    return [...own, ...mirrored].flatMap((backend) => backend ?? []);
  });
}

function backendOf(raw: unknown, route: KubeObject, path: string): BackendRef | null {
  const name = textAt(raw, 'name');
  if (name === null || (textAt(raw, 'kind') ?? 'Service') !== 'Service' || (textAt(raw, 'group') ?? '') !== '') return null;
  return { service: refTo('Service', textAt(raw, 'namespace') ?? route.metadata.namespace ?? null, name), port: numberAt(raw, 'port'), path };
}

export function hostnamesOf(route: KubeObject): string[] {
  return listAt(route, 'spec', 'hostnames').filter((host): host is string => typeof host === 'string');
}

export interface Listener {
  name: string;
  port: number | null;
  protocol: string;
  hostname: string | null;
  from: string;
  selector: LabelSelector;
  /** Kinds of routes that it takes; null for those of its protocol. */
  kinds: string[] | null;
  certificates: { secret: ObjectRef; path: string }[];
}

export function listenersOf(gateway: KubeObject): Listener[] {
  return listAt(gateway, 'spec', 'listeners').map((raw, i) => {
    const kinds = listAt(raw, 'allowedRoutes', 'kinds').flatMap((kind) => textAt(kind, 'kind') ?? []);
    return {
      name: textAt(raw, 'name') ?? '',
      port: numberAt(raw, 'port'),
      protocol: textAt(raw, 'protocol') ?? '',
      hostname: textAt(raw, 'hostname'),
      from: textAt(raw, 'allowedRoutes', 'namespaces', 'from') ?? 'Same',
      selector: selectorAt(at(raw, 'allowedRoutes', 'namespaces', 'selector')),
      kinds: kinds.length === 0 ? null : kinds,
      certificates: certificatesOf(raw, gateway, `spec.listeners[${i}].tls.certificateRefs`),
    };
  });
}

function certificatesOf(listener: unknown, gateway: KubeObject, path: string): Listener['certificates'] {
  return listAt(listener, 'tls', 'certificateRefs').flatMap((raw, i) => {
    const name = textAt(raw, 'name');
    if (name === null || (textAt(raw, 'kind') ?? 'Secret') !== 'Secret') return [];
    return [{ secret: refTo('Secret', textAt(raw, 'namespace') ?? gateway.metadata.namespace ?? null, name), path: `${path}[${i}].name` }];
  });
}

function selectorAt(value: unknown): LabelSelector {
  const labels = at(value, 'matchLabels');
  const matchLabels = isRecord(labels) ? Object.fromEntries(Object.entries(labels).map(([key, label]) => [key, String(label)])) : {};
  const matchExpressions = listAt(value, 'matchExpressions').map((raw) => ({
    key: textAt(raw, 'key') ?? '',
    operator: textAt(raw, 'operator') ?? '',
    values: listAt(raw, 'values').map(String),
  }));
  return { matchLabels, matchExpressions };
}

/** Kinds of routes that a listener takes where it names none. */
const kindsOfProtocol: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

export function takesKind(listener: Listener, kind: string): boolean {
  return (listener.kinds ?? kindsOfProtocol[listener.protocol] ?? [kind]).includes(kind);
}

/** Whether a listener's hostname and those of a route have one in common; both may begin with `*.`. */
export function sharesHostname(listener: Listener, hostnames: readonly string[]): boolean {
  const own = listener.hostname;
  return own === null || hostnames.length === 0 || hostnames.some((host) => coversHost(own, host) || coversHost(host, own));
}

function coversHost(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}
