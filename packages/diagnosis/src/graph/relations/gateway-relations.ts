import { type KubeObject, refOf } from '@quarterdeck/contract';
import { textAt } from '../../custom/fields.ts';
import type { Relation } from '../../model/relation.ts';
import { backendRefs, gatewayGroup, gatewayRef, listenersOf, parentRefs } from '../../routing/gateway-api.ts';
import { edgeFrom, type RelationFamily } from '../relation-family.ts';

/**
 * Of the Gateway API: `classes` of a Gateway to its class, `mounts` to the certificates of its listeners, `binds` of a
 * route to the Gateways that it attaches to, `routes` to its Services.
 */
export const gatewayRelations: RelationFamily = {
  id: 'gateway',
  types: ['classes', 'mounts', 'binds', 'routes'],
  kinds: 'all',
  describes: 'from',
  *edgesOf(object): Iterable<Relation> {
    if (!object.apiVersion.startsWith(`${gatewayGroup}/`)) return;
    if (object.kind === 'Gateway') yield* gatewayEdges(object);
    else if (object.kind.endsWith('Route')) yield* routeEdges(object);
  },
};

function* gatewayEdges(gateway: KubeObject): Iterable<Relation> {
  const name = textAt(gateway, 'spec', 'gatewayClassName');
  if (name !== null) yield edgeFrom(gateway, 'classes', gatewayRef('GatewayClass', null, name), 'spec.gatewayClassName');
  for (const { certificates } of listenersOf(gateway)) {
    for (const { secret, path } of certificates) yield edgeFrom(gateway, 'mounts', secret, path);
  }
}

function* routeEdges(route: KubeObject): Iterable<Relation> {
  for (const { gateway, path } of parentRefs(route)) {
    if (gateway !== null) yield edgeFrom(route, 'binds', gateway, `${path}.name`);
  }
  for (const { service, port, path } of backendRefs(route)) {
    yield { type: 'routes', from: refOf(route), to: service, path: `${path}.name`, detail: port === null ? {} : { port } };
  }
}
