import { type KindTypes, type ObjectRef, refOf, refTo } from '@quarterdeck/contract';
import type { IngressBackend } from 'kubernetes-types/networking/v1.js';
import type { Relation } from '../../model/relation.ts';
import type { RelationFamily } from '../object-graph.ts';

const classAnnotation = 'kubernetes.io/ingress.class';
const defaultClass = 'ingressclass.kubernetes.io/is-default-class';

/** `routes`: an Ingress to its Services, a StatefulSet to its governing Service; `classes` and TLS Secrets (`mounts`) of an Ingress. */
export const routeRelations: RelationFamily = {
  id: 'route',
  *extract({ index }): Iterable<Relation> {
    const byDefault = index.list('IngressClass').find((ingressClass) => ingressClass.metadata.annotations?.[defaultClass] === 'true')?.metadata.name;
    for (const ingress of index.list('Ingress')) {
      yield* backendEdges(ingress);
      yield* tlsEdges(ingress);
      yield* classEdge(ingress, byDefault);
    }
    for (const set of index.list('StatefulSet')) {
      const name = set.spec?.serviceName;
      if (name) yield { type: 'routes', from: refOf(set), to: refTo('Service', set.metadata.namespace ?? null, name), path: 'spec.serviceName', detail: {} };
    }
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
