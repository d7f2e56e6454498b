import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, labelText, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type Service = KindTypes['Service'];

function health(object: Service): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const type = object.spec?.type ?? 'ClusterIP';
  return type === 'LoadBalancer' && addresses(object).length === 0
    ? { state: 'pending', text: 'LoadBalancer, no address yet' }
    : { state: 'healthy', text: type };
}

function addresses(object: Service): string[] {
  return (object.status?.loadBalancer?.ingress ?? []).map((ingress) => ingress.ip ?? ingress.hostname ?? '').filter((address) => address !== '');
}

function externalAddress(object: Service): string {
  const external = object.spec?.externalIPs ?? [];
  if (object.spec?.type === 'ExternalName') return object.spec.externalName ?? '';
  if (object.spec?.type !== 'LoadBalancer') return external.join(',');
  const all = [...addresses(object), ...external];
  return all.length === 0 ? '<pending>' : all.join(',');
}

function ports(object: Service): string {
  return (object.spec?.ports ?? [])
    .map(({ port, nodePort, protocol = 'TCP' }) => (nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`))
    .join(',');
}

export const service = defineKind('Service', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('type', 'Type', 'text', (object) => object.spec?.type ?? 'ClusterIP'),
    column('clusterIp', 'Cluster IP', 'text', (object) => object.spec?.clusterIP),
    column('externalIp', 'External IP', 'text', externalAddress),
    column('ports', 'Ports', 'text', ports),
    ageColumn,
    column('selector', 'Selector', 'text', (object) => labelText(object.spec?.selector)),
  ],
  health,
});
