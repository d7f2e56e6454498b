import { groupOf, type ObjectRef, refOf } from '@quarterdeck/contract';
import { customReferenceMissing } from '../analysers/custom-reference.ts';
import { customOwnerOf } from '../custom/children.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import type { RuleView } from '../view/rule-view.ts';
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
