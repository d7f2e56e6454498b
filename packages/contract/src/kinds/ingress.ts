import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type Ingress = KindTypes['Ingress'];

function addressText(object: Ingress): string {
  return (object.status?.loadBalancer?.ingress ?? [])
    .map(({ ip, hostname }) => ip ?? hostname ?? '')
    .filter((address) => address !== '')
    .join(',');
}

function health(object: Ingress): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  return addressText(object) === '' ? { state: 'pending', text: 'No address yet' } : { state: 'healthy', text: 'Has an address' };
}

function hosts(object: Ingress): string {
  const names = (object.spec?.rules ?? []).map((rule) => rule.host ?? '*');
  return names.length === 0 ? '*' : names.join(',');
}

export const ingress = defineKind('Ingress', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('class', 'Class', 'text', (object) => object.spec?.ingressClassName ?? object.metadata.annotations?.['kubernetes.io/ingress.class']),
    column('hosts', 'Hosts', 'text', hosts),
    column('address', 'Address', 'text', addressText),
    column('ports', 'Ports', 'text', (object) => ((object.spec?.tls ?? []).length > 0 ? '80, 443' : '80')),
    ageColumn,
  ],
  health,
});
