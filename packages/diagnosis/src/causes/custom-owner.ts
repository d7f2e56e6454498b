import { groupOf, type ObjectRef, refOf } from '@quarterdeck/contract';
import { customReferenceMissing } from '../analysers/custom-reference.ts';
import { customOwnerOf } from '../custom/children.ts';
import { textAt } from '../custom/fields.ts';
import type { CustomResource } from '../model/analyser.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import type { RuleView } from '../view/rule-view.ts';
import { customSymptoms } from './custom-resource.ts';
import { stringFact, upstream } from './explain.ts';

/**
 * What an operator made asks for something that does not exist because its custom resource does: the custom resource
 * is what a person changes, as the operator writes everything else anew.
 */
export const customOwnerRule = defineRule({
  id: 'custom-owner',
  explains: ['claim-pending', 'workload-replica-failure', 'container-config-error', 'container-not-starting', 'ingress-class-missing'],
  mechanisms: [],
  *explain(finding, view): Iterable<Explanation> {
    for (const { owner, via } of ownersOf(finding.object, view)) {
      for (const cause of view.findingsOn(owner, customReferenceMissing.code)) {
        const name = stringFact(cause.facts, 'name') ?? '';
        const words = [stringFact(finding.facts, 'class'), stringFact(finding.facts, 'message'), stringFact(finding.facts, 'name')];
        if (words.some((text) => text === name || (text ?? '').includes(`"${name}"`) || (text ?? '').endsWith(` ${name}`)))
          yield upstream(finding, cause, { rule: 'custom-owner', strength: 'certain', via });
      }
    }
  },
});

/** Above the object itself; above the pods that mount it, for a claim, which a StatefulSet does not own. */
function ownersOf(ref: ObjectRef, view: RuleView) {
  const own = customOwnerOf(ref, view);
  if (own !== null) return [own];
  const users = ref.kind === 'PersistentVolumeClaim' && groupOf(ref.apiVersion) === '' ? view.incoming(ref, 'mounts').slice(0, 1) : [];
  return users.flatMap(({ from }) => {
    const object = view.find(from);
    return (object === undefined ? null : customOwnerOf(refOf(object), view)) ?? [];
  });
}

/** What a custom resource makes by itself: the name of the Secret, where it is told or where it is the resource's own. */
function productsOf(object: CustomResource): string[] {
  switch (object.kind) {
    case 'Certificate':
      return [textAt(object.spec, 'secretName') ?? ''];
    case 'ExternalSecret':
      return [textAt(object.spec, 'target', 'name') ?? object.metadata.name];
    case 'SealedSecret':
      return [textAt(object.spec, 'template', 'metadata', 'name') ?? object.metadata.name];
    default:
      return [textAt(object.spec, 'writeConnectionSecretToRef', 'name') ?? '', textAt(object.spec, 'outputSecretName') ?? ''];
  }
}

/** A Secret is missing because the custom resource that should make it is not well. */
export const customProductRule = defineRule({
  id: 'custom-product',
  explains: ['container-config-error', 'container-not-starting', 'ingress-tls-missing'],
  mechanisms: [],
  *explain(finding, view): Iterable<Explanation> {
    const edges = (['mounts', 'reads'] as const).flatMap((type) => view.outgoing(finding.object, type));
    const missing = edges.filter(({ to }) => to.kind === 'Secret' && view.isMissing(to));
    if (missing.length === 0) return;
    for (const cause of customSymptoms.flatMap((code) => view.findingsOf(code))) {
      const object = cause.object.namespace === finding.object.namespace ? view.find(cause.object) : undefined;
      const products = object === undefined ? [] : productsOf(object);
      const via = missing.find(({ to }) => products.includes(to.name));
      if (via !== undefined) yield upstream(finding, cause, { rule: 'custom-product', strength: 'certain', via });
    }
  },
});
