import { isKind, type KindTypes, type KubeObject, refTo } from '@quarterdeck/contract';
import type { Relation } from '../../model/relation.ts';
import { edgeFrom, type RelationFamily } from '../relation-family.ts';

/** `provisions`: claims, volumes and claim templates to their storage class; `claims`: a claim to its volume. */
export const storageRelations: RelationFamily = {
  id: 'storage',
  types: ['provisions', 'claims'],
  kinds: ['PersistentVolumeClaim', 'PersistentVolume', 'StatefulSet'],
  describes: 'from',
  *edgesOf(object, context): Iterable<Relation> {
    if (isKind(object, 'StatefulSet')) yield* templateClaims(object);
    if (isKind(object, 'PersistentVolume')) yield* provisions(object, object.spec?.storageClassName, 'spec.storageClassName');
    if (!isKind(object, 'PersistentVolumeClaim')) return;
    yield* provisions(object, object.spec?.storageClassName ?? context.defaultClass('StorageClass'), 'spec.storageClassName');
    const volume = object.spec?.volumeName;
    if (volume) yield edgeFrom(object, 'claims', refTo('PersistentVolume', null, volume), 'spec.volumeName');
  },
};

function* templateClaims(set: KindTypes['StatefulSet']): Iterable<Relation> {
  for (const [i, template] of (set.spec?.volumeClaimTemplates ?? []).entries()) {
    yield* provisions(set, template.spec?.storageClassName, `spec.volumeClaimTemplates[${i}].spec.storageClassName`);
  }
}

/** An empty name asks for no class at all. */
function* provisions(object: KubeObject, storageClass: string | undefined, path: string): Iterable<Relation> {
  if (storageClass) yield edgeFrom(object, 'provisions', refTo('StorageClass', null, storageClass), path);
}
