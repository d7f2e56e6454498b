import { type KubeObject, refOf } from '@quarterdeck/contract';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import type { Relation, RelationType } from '../../model/relation.ts';
import type { ObjectIndex } from '../../view/object-index.ts';
import { LabelIndex } from '../label-selector.ts';
import type { GraphInput, RelationFamily } from '../object-graph.ts';

interface Selecting {
  type: RelationType;
  path: string;
  of: (index: ObjectIndex) => Iterable<[KubeObject, LabelSelector | undefined]>;
}

const selecting: readonly Selecting[] = [
  { type: 'selects', path: 'spec.selector', of: (index) => index.list('Service').map((service) => [service, serviceSelector(service.spec?.selector)]) },
  ...(['Deployment', 'StatefulSet', 'DaemonSet'] as const).map(
    (kind): Selecting => ({ type: 'selects', path: 'spec.selector', of: (index) => index.list(kind).map((object) => [object, object.spec?.selector]) }),
  ),
  { type: 'guards', path: 'spec.selector', of: (index) => index.list('PodDisruptionBudget').map((budget) => [budget, budget.spec?.selector]) },
  { type: 'guards', path: 'spec.podSelector', of: (index) => index.list('NetworkPolicy').map((policy) => [policy, policy.spec?.podSelector]) },
];

/**
 * Selectors, resolved to pods of the same namespace: `selects` of Services and controllers, `guards` of disruption
 * budgets and network policies.
 */
export const selectorRelations: RelationFamily = {
  id: 'selector',
  *extract({ index }: GraphInput): Iterable<Relation> {
    const pods = new Map<string, LabelIndex<KubeObject>>();
    const podsIn = (namespace: string) => {
      const labelled = pods.get(namespace) ?? new LabelIndex<KubeObject>(index.list('Pod', namespace));
      pods.set(namespace, labelled);
      return labelled;
    };
    for (const { type, path, of } of selecting) {
      for (const [object, selector] of of(index)) {
        for (const pod of podsIn(object.metadata.namespace ?? '').matching(selector)) {
          yield { type, from: refOf(object), to: refOf(pod), path, detail: {} };
        }
      }
    }
  },
};

/** A Service without a selector selects nothing, whereas an empty label selector elsewhere selects everything. */
function serviceSelector(selector: Record<string, string> | undefined): LabelSelector | undefined {
  return selector === undefined || Object.keys(selector).length === 0 ? undefined : { matchLabels: selector };
}
