import { isKind, type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import { clusterZones, type DnsServerBlock, readCorefile } from './corefile.ts';

type Service = KindTypes['Service'];
type ConfigMap = KindTypes['ConfigMap'];

const places: readonly [namespace: string, name: string][] = [
  ['kube-system', 'kube-dns'],
  ['kube-system', 'coredns'],
  ['openshift-dns', 'dns-default'],
];

/** Whether pods ask this Service for names. */
export function isClusterDns({ metadata }: Service): boolean {
  if (places.some(([namespace, name]) => namespace === metadata.namespace && name === metadata.name)) return true;
  return metadata.namespace === 'kube-system' && metadata.labels?.['k8s-app'] === 'kube-dns';
}

/** The Services that pods ask for names; empty where they cannot be seen. */
export function clusterDnsServices(view: ClusterView): Service[] {
  const namespaces = [...new Set(places.map(([namespace]) => namespace))];
  return namespaces.flatMap((namespace) => view.list('Service', namespace).filter(isClusterDns));
}

/** A text of CoreDNS's configuration. */
export interface DnsConfiguration {
  object: ObjectRef;
  key: string;
  blocks: DnsServerBlock[];
}

/** Whether a ConfigMap holds what CoreDNS is told: `coredns`, or what a cloud lets its users add. */
export function isDnsConfiguration({ metadata, data }: ConfigMap): boolean {
  return (
    metadata.namespace === 'kube-system' && /coredns/.test(metadata.name) && Object.keys(data ?? {}).some((key) => /Corefile|\.server$|\.override$/.test(key))
  );
}

/** The server blocks of a ConfigMap; what only adds to a block (`*.override`) counts for every name. */
export function dnsConfigurationOf(configMap: ConfigMap): DnsConfiguration[] {
  return Object.entries(configMap.data ?? {}).flatMap(([key, text]) => {
    if (!/^Corefile|\.server$|\.override$/.test(key)) return [];
    const blocks = readCorefile(key.endsWith('.override') ? `. {\nkubernetes .\n${text}\n}` : text);
    return [{ object: refOf(configMap), key, blocks }];
  });
}

export function dnsConfigurations(view: ClusterView): DnsConfiguration[] {
  return view.list('ConfigMap', 'kube-system').filter(isDnsConfiguration).flatMap(dnsConfigurationOf);
}

/** The domain that the cluster's names end with; `cluster.local` where nothing says another. */
export function clusterDomain(view: ClusterView): string {
  const zones = dnsConfigurations(view).flatMap(({ key, blocks }) => (key.startsWith('Corefile') ? clusterZones(blocks) : []));
  return zones.includes('cluster.local') ? 'cluster.local' : (zones[0] ?? 'cluster.local');
}

/** The addresses at which pods find the cluster's DNS; empty where they are not known. */
export function clusterDnsAddresses(view: ClusterView): string[] {
  return clusterDnsServices(view).flatMap(({ spec }) => spec?.clusterIPs ?? (spec?.clusterIP === undefined ? [] : [spec.clusterIP]));
}

/** The complete name of a Service. */
export function completeName(service: ObjectRef, domain: string): string {
  return `${service.name}.${service.namespace ?? ''}.svc.${domain}`;
}

/** A Service that a view has, by its reference. */
export function serviceAt(ref: ObjectRef | null, view: ClusterView): Service | undefined {
  const object = ref === null ? undefined : view.find(ref);
  return object !== undefined && isKind(object, 'Service') ? object : undefined;
}
