import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type EndpointSlice = KindTypes['EndpointSlice'];

/** An endpoint whose readiness is not said counts as ready (discovery/v1). */
function readyCount(object: EndpointSlice): number {
  return (object.endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready !== false).length;
}

function health(object: EndpointSlice): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const total = (object.endpoints ?? []).length;
  if (total === 0) return { state: 'medium', text: 'No endpoints' };
  const ready = readyCount(object);
  return { state: ready === 0 ? 'high' : 'healthy', text: `${ready}/${total} ready` };
}

export const endpointSlice = defineKind('EndpointSlice', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('addressType', 'Address type', 'text', (object) => object.addressType),
    column('ports', 'Ports', 'text', (object) => (object.ports ?? []).map(({ port }) => String(port ?? '*')).join(',')),
    column('ready', 'Ready', 'status', (object) => `${readyCount(object)}/${(object.endpoints ?? []).length}`),
    column('endpoints', 'Endpoints', 'text', (object) => (object.endpoints ?? []).flatMap((endpoint) => endpoint.addresses).join(',')),
    ageColumn,
  ],
  health,
});
