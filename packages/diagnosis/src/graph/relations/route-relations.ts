import { isKind, type KindTypes, type ObjectRef, refOf, refTo } from '@quarterdeck/contract';
import type { IngressBackend } from 'kubernetes-types/networking/v1.js';
import type { Relation } from '../../model/relation.ts';
import { edgeFrom, type RelationFamily } from '../relation-family.ts';

const classAnnotation = 'kubernetes.io/ingress.class';

/** `routes`: an Ingress to its Services, a StatefulSet to its governing Service; `classes` and TLS Secrets (`mounts`) of an Ingress. */
export const routeRelations: RelationFamily = {
  id: 'route',
  types: ['routes', 'classes', 'mounts'],
  kinds: ['Ingress', 'StatefulSet'],
  describes: 'from',
  *edgesOf(object, context): Iterable<Relation> {
    if (isKind(object, 'Ingress')) {
      yield* backendEdges(object);
      yield* tlsEdges(object);
      yield* classEdge(object, context.defaultClass('IngressClass'));
    }
    const governing = isKind(object, 'StatefulSet') ? object.spec?.serviceName : undefined;
    if (governing) yield edgeFrom(object, 'routes', refTo('Service', object.metadata.namespace ?? null, governing), 'spec.serviceName');
  },
};

function* backendEdges(ingress: KindTypes['Ingress']): Iterable<Relation> {
  const from = refOf(ingress);
  yield* backendEdge(from, ingress.spec?.defaultBackend, 'spec.defaultBackend');
  for (const [i, rule] of (ingress.spec?.rules ?? []).entries()) {
    for (const [j, path] of (rule.http?.paths ?? []).entries()) {
      yield* backendEdge(from, path.backend, `spec.rules[${i}].http.paths[${j}].backend`);
    }
  }
}

function* backendEdge(from: ObjectRef, backend: IngressBackend | undefined, path: string): Iterable<Relation> {
  const service = backend?.service;
  if (service === undefined) return;
  const port = service.port?.name ?? service.port?.number;
  const detail = port === undefined ? {} : { port };
  yield { type: 'routes', from, to: refTo('Service', from.namespace, service.name), path: `${path}.service.name`, detail };
}

function* tlsEdges(ingress: KindTypes['Ingress']): Iterable<Relation> {
  const from = refOf(ingress);
  for (const [i, tls] of (ingress.spec?.tls ?? []).entries()) {
    if (tls.secretName) yield { type: 'mounts', from, to: refTo('Secret', from.namespace, tls.secretName), path: `spec.tls[${i}].secretName`, detail: {} };
  }
}

function* classEdge(ingress: KindTypes['Ingress'], byDefault: string | undefined): Iterable<Relation> {
  const annotated = ingress.metadata.annotations?.[classAnnotation];
  const name = ingress.spec?.ingressClassName ?? annotated ?? byDefault;
  if (name === undefined) return;
  const path = ingress.spec?.ingressClassName === undefined && annotated !== undefined ? `metadata.annotations["${classAnnotation}"]` : 'spec.ingressClassName';
  yield { type: 'classes', from: refOf(ingress), to: refTo('IngressClass', null, name), path, detail: {} };
}
