import { type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';

export interface ServiceDirectory {
  byClusterIp: ReadonlyMap<string, ObjectRef>;
  /** By namespace and the prefix of the variables that the kubelet sets for it: `shop|REDIS_MASTER`. */
  byEnvPrefix: ReadonlyMap<string, KindTypes['Service']>;
}

const directories = new WeakMap<readonly KindTypes['Service'][], ServiceDirectory>();

/** Services by the other names they go by; computed once for a list. */
export function serviceDirectory(services: readonly KindTypes['Service'][]): ServiceDirectory {
  const known = directories.get(services);
  if (known !== undefined) return known;
  const byClusterIp = new Map<string, ObjectRef>();
  const byEnvPrefix = new Map<string, KindTypes['Service']>();
  for (const service of services) {
    for (const ip of service.spec?.clusterIPs ?? [service.spec?.clusterIP]) {
      if (ip && ip !== 'None') byClusterIp.set(ip, refOf(service));
    }
    byEnvPrefix.set(`${service.metadata.namespace ?? ''}|${envPrefix(service.metadata.name)}`, service);
  }
  const directory = { byClusterIp, byEnvPrefix };
  directories.set(services, directory);
  return directory;
}

/** The kubelet's spelling: upper case, dashes as underscores. */
export function envPrefix(serviceName: string): string {
  return serviceName.toUpperCase().replaceAll('-', '_');
}
