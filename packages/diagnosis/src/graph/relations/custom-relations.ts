import { definitionLookup } from '../../custom/kind-lookup.ts';
import { shapedReferences } from '../../custom/references.ts';
import type { Relation } from '../../model/relation.ts';
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
    const lookup = definitionLookup(() => index.list('CustomResourceDefinition'));
    for (const { to, path, key, optional } of shapedReferences(object, lookup)) {
      yield edgeFrom(object, 'refers', to, path, { ...(key === null ? {} : { key }), ...(optional ? { optional } : {}) });
    }
  },
};
