import { type BuiltInKind, builtInKinds } from '@quarterdeck/contract';
import type { ClusterView } from '@quarterdeck/diagnosis';
import type { KnownName } from '../privacy/privacy-settings.ts';
import type { AskedCluster } from './asked-cluster.ts';
import { toldNames } from './told-names.ts';

/** Their names are those of APIs, or of the objects that they tell of. */
const skipped: ReadonlySet<BuiltInKind> = new Set(['Event', 'CustomResourceDefinition', 'APIService', 'CSIDriver', 'ControllerRevision', 'EndpointSlice']);

/** Everything in the view that has a name, the cluster itself, and the hosts that it is reached by. */
export function knownNames({ id, access }: Pick<AskedCluster, 'id' | 'access'>, view: ClusterView): KnownName[] {
  const kinds = Object.keys(builtInKinds).filter((kind): kind is BuiltInKind => Object.hasOwn(builtInKinds, kind));
  const builtIn = kinds
    .filter((kind) => !skipped.has(kind))
    .flatMap((kind) => view.names(kind).map((name): KnownName => ({ name, kind, leavesWith: leavesWith(kind) })));
  const custom = view
    .customKinds()
    .flatMap(({ apiVersion, kind }) =>
      view.listCustom(apiVersion.split('/')[0] ?? '', kind).map(({ metadata }): KnownName => ({ name: metadata.name, kind, leavesWith: 'sendResourceNames' })),
    );
  // Whoever may not list namespaces knows them by what lies in them.
  const namespaces = new Set(kinds.flatMap((kind) => view.list(kind).flatMap(({ metadata }) => metadata.namespace ?? [])));
  const hosts = [...hostsIn(view), ...(access.server === null ? [] : hostOf(access.server))];
  return [
    ...builtIn,
    ...custom,
    ...toldNames(view),
    ...[...namespaces].map((name): KnownName => ({ name, kind: 'Namespace', leavesWith: 'sendResourceNames' })),
    { name: id, kind: 'Cluster', leavesWith: 'sendClusterMetadata' },
    ...hosts.map((name): KnownName => ({ name, kind: 'Host', leavesWith: 'sendClusterMetadata' })),
  ];
}

function leavesWith(kind: BuiltInKind): KnownName['leavesWith'] {
  if (kind === 'Pod') return 'sendPodNames';
  return kind === 'Node' ? 'sendClusterMetadata' : 'sendResourceNames';
}

function hostsIn(view: ClusterView): string[] {
  const rules = view
    .list('Ingress')
    .flatMap(({ spec, status }) => [
      ...(spec?.rules ?? []).map(({ host }) => host),
      ...(spec?.tls ?? []).flatMap(({ hosts }) => hosts ?? []),
      ...(status?.loadBalancer?.ingress ?? []).map(({ hostname }) => hostname),
    ]);
  const balanced = view
    .list('Service')
    .flatMap(({ spec, status }) => [spec?.externalName, ...(status?.loadBalancer?.ingress ?? []).map(({ hostname }) => hostname)]);
  return [...new Set([...rules, ...balanced].filter((host) => host !== undefined && host !== '' && !host.endsWith('.local')))].map((host) =>
    String(host).replace(/^\*\./, ''),
  );
}

function hostOf(server: string): string[] {
  const host = URL.parse(server)?.hostname ?? '';
  return host === '' || /^[\d.:[\]]+$/.test(host) || host === 'localhost' ? [] : [host];
}
