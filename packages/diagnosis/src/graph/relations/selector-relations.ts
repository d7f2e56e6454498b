import { isKind, type KubeObject, refOf } from '@quarterdeck/contract';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import type { Relation, RelationType } from '../../model/relation.ts';
import type { RelationFamily } from '../relation-family.ts';

interface Selecting {
  type: RelationType;
  path: string;
  selector: LabelSelector | undefined;
}

/**
 * Selectors, resolved to pods of the same namespace: `selects` of Services and controllers, `guards` of disruption
 * budgets and network policies.
 */
export const selectorRelations: RelationFamily = {
  id: 'selector',
  types: ['selects', 'guards'],
  kinds: ['Service', 'Deployment', 'StatefulSet', 'DaemonSet', 'PodDisruptionBudget', 'NetworkPolicy'],
  describes: 'from',
  *edgesOf(object, context): Iterable<Relation> {
    const { type, path, selector } = selectorOf(object);
    if (selector === undefined) return;
    const from = refOf(object);
    for (const to of context.podsMatching(object.metadata.namespace ?? '', selector)) yield { type, from, to, path, detail: {} };
  },
};

function selectorOf(object: KubeObject): Selecting {
  const selects = (selector: LabelSelector | undefined): Selecting => ({ type: 'selects', path: 'spec.selector', selector });
  if (isKind(object, 'Service')) return selects(serviceSelector(object.spec?.selector));
  if (isKind(object, 'NetworkPolicy')) return { type: 'guards', path: 'spec.podSelector', selector: object.spec?.podSelector };
  if (isKind(object, 'PodDisruptionBudget')) return { type: 'guards', path: 'spec.selector', selector: object.spec?.selector };
  if (isKind(object, 'Deployment') || isKind(object, 'StatefulSet') || isKind(object, 'DaemonSet')) return selects(object.spec?.selector);
  return selects(undefined);
}

/** A Service without a selector selects nothing, whereas an empty label selector elsewhere selects everything. */
function serviceSelector(selector: Record<string, string> | undefined): LabelSelector | undefined {
  return selector === undefined || Object.keys(selector).length === 0 ? undefined : { matchLabels: selector };
}
