import { type ClusterAccess, findBuiltInKind, listAll } from '@quarterdeck/cluster';
import { AppError, isKind, type KindTypes } from '@quarterdeck/contract';

/** The Services in kube-system that say of themselves that they belong to the cluster, with their address through the API server. */
export async function clusterServices(access: ClusterAccess, signal: AbortSignal): Promise<{ name: string; url: string }[]> {
  const kind = findBuiltInKind(await access.kinds(signal), 'Service');
  if (kind === null) throw new AppError('CLUSTER_ERROR', 'The cluster serves no Services.');
  const { items } = await listAll(access, kind, { namespace: 'kube-system', labelSelector: 'kubernetes.io/cluster-service=true', signal });
  return items.filter((item) => isKind(item, 'Service')).map((service) => ({ name: nameOf(service), url: `${access.server ?? ''}${proxyPath(service)}` }));
}

function nameOf({ metadata }: KindTypes['Service']): string {
  return metadata.labels?.['kubernetes.io/name'] ?? metadata.name;
}

function proxyPath({ metadata, spec }: KindTypes['Service']): string {
  const [port] = spec?.ports ?? [];
  const scheme = port?.name === 'https' || port?.port === 443 ? 'https:' : '';
  const place = `${scheme}${metadata.name}${port?.name === undefined ? (scheme === '' ? '' : ':') : `:${port.name}`}`;
  return `/api/v1/namespaces/kube-system/services/${place}/proxy`;
}
