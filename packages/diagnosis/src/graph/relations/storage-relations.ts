import { type KindTypes, type KubeObject, refOf, refTo } from '@quarterdeck/contract';
import type { Relation } from '../../model/relation.ts';
import type { RelationFamily } from '../object-graph.ts';

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

/** `provisions`: claims, volumes and claim templates to their storage class; `claims`: a claim to its volume. */
export const storageRelations: RelationFamily = {
  id: 'storage',
  *extract({ index }): Iterable<Relation> {
    const byDefault = index.list('StorageClass').find((storageClass) => storageClass.metadata.annotations?.[defaultClass] === 'true')?.metadata.name;
    for (const claim of index.list('PersistentVolumeClaim')) {
      const name = claim.spec?.storageClassName ?? byDefault;
      if (name) yield provisions(claim, name, 'spec.storageClassName');
      const volume = claim.spec?.volumeName;
      if (volume) yield { type: 'claims', from: refOf(claim), to: refTo('PersistentVolume', null, volume), path: 'spec.volumeName', detail: {} };
    }
    for (const volume of index.list('PersistentVolume')) {
      if (volume.spec?.storageClassName) yield provisions(volume, volume.spec.storageClassName, 'spec.storageClassName');
    }
    for (const set of index.list('StatefulSet')) yield* templateClaims(set);
  },
};

function* templateClaims(set: KindTypes['StatefulSet']): Iterable<Relation> {
  for (const [i, template] of (set.spec?.volumeClaimTemplates ?? []).entries()) {
    const name = template.spec?.storageClassName;
    if (name) yield provisions(set, name, `spec.volumeClaimTemplates[${i}].spec.storageClassName`);
  }
}

function provisions(from: KubeObject, storageClass: string, path: string): Relation {
  return { type: 'provisions', from: refOf(from), to: refTo('StorageClass', null, storageClass), path, detail: {} };
}
