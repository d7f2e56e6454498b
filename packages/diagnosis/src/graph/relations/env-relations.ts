import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { EnvFromSource, EnvVar } from 'kubernetes-types/core/v1.js';
import type { Relation } from '../../model/relation.ts';
import { containersOf, podTemplateKinds, podTemplateOf } from '../pod-template.ts';
import type { RelationFamily } from '../relation-family.ts';

/** `reads`: env and envFrom that take their values from ConfigMaps and Secrets. */
export const envRelations: RelationFamily = {
  id: 'env',
  types: ['reads'],
  kinds: podTemplateKinds,
  describes: 'from',
  *edgesOf(object): Iterable<Relation> {
    const template = podTemplateOf(object);
    if (template === null) return;
    for (const { container, path } of containersOf(template)) {
      const place = { holder: template.holder, container: container.name };
      for (const [i, env] of (container.env ?? []).entries()) yield* keyEdges(place, env, `${path}.env[${i}].valueFrom`);
      for (const [i, source] of (container.envFrom ?? []).entries()) yield* wholeEdges(place, source, `${path}.envFrom[${i}]`);
    }
  },
};

interface Place {
  holder: ObjectRef;
  container: string;
}

function* keyEdges(place: Place, env: EnvVar, path: string): Iterable<Relation> {
  const { configMapKeyRef, secretKeyRef } = env.valueFrom ?? {};
  if (configMapKeyRef?.name) yield edge(place, 'ConfigMap', configMapKeyRef.name, `${path}.configMapKeyRef`, configMapKeyRef);
  if (secretKeyRef?.name) yield edge(place, 'Secret', secretKeyRef.name, `${path}.secretKeyRef`, secretKeyRef);
}

function* wholeEdges(place: Place, source: EnvFromSource, path: string): Iterable<Relation> {
  if (source.configMapRef?.name) yield edge(place, 'ConfigMap', source.configMapRef.name, `${path}.configMapRef.name`, source.configMapRef);
  if (source.secretRef?.name) yield edge(place, 'Secret', source.secretRef.name, `${path}.secretRef.name`, source.secretRef);
}

function edge(
  place: Place,
  kind: 'ConfigMap' | 'Secret',
  name: string,
  path: string,
  ref: { optional?: boolean | undefined; key?: string | undefined },
): Relation {
  const detail = {
    container: place.container,
    ...(ref.optional === undefined ? {} : { optional: ref.optional }),
    ...(ref.key === undefined ? {} : { key: ref.key }),
  };
  return { type: 'reads', from: place.holder, to: refTo(kind, place.holder.namespace, name), path, detail };
}
