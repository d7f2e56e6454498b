import { isKind } from '@quarterdeck/contract';
import { kindLookup } from '../../custom/kind-lookup.ts';
import { type NamedKind, shapedReferences } from '../../custom/references.ts';
import type { Relation } from '../../model/relation.ts';
import type { ObjectIndex } from '../../view/object-index.ts';
import { isTypedKind } from '../../view/typed-kind.ts';
import { edgeFrom, type RelationFamily } from '../relation-family.ts';

/** `refers`: a custom resource to what its specification names, as far as the names of its fields tell. */
export const customRelations: RelationFamily = {
  id: 'custom',
  types: ['refers'],
  kinds: 'all',
  describes: 'from',
  *edgesOf(object, { index }): Iterable<Relation> {
    if (isTypedKind(object.apiVersion, object.kind) || !object.apiVersion.includes('.')) return;
    const lookup = kindLookup(() => definedIn(index));
    for (const { to, path, key, optional } of shapedReferences(object, lookup)) {
      yield edgeFrom(object, 'refers', to, path, { ...(key === null ? {} : { key }), ...(optional ? { optional } : {}) });
    }
  },
};

function definedIn(index: ObjectIndex): (NamedKind & { plural: string })[] {
  return index.list('CustomResourceDefinition').flatMap((definition) => {
    if (!isKind(definition, 'CustomResourceDefinition')) return [];
    const { group, names, scope, versions } = definition.spec;
    const version = versions.find(({ storage }) => storage)?.name ?? 'v1';
    return [{ apiVersion: `${group}/${version}`, kind: names.kind, plural: names.plural, namespaced: scope === 'Namespaced' }];
  });
}
