import { type ObjectRef, refOf } from '@quarterdeck/contract';
import { customNotReady, customUndecided } from '../../analysers/custom-codes.ts';
import { customReferenceMissing } from '../../analysers/custom-reference.ts';
import { inventoryOf } from '../../custom/inventory.ts';
import type { Explanation } from '../../model/explanation.ts';
import type { IdentifiedFinding } from '../../model/finding.ts';
import { defineRule } from '../../model/rule.ts';
import type { RuleView } from '../../view/rule-view.ts';
import { upstream } from '../explain.ts';

/** What a delivery tool (Argo CD, Flux) brought is what makes it unhealthy: its own status lists the objects. */
export const deliveryRule = defineRule({
  id: 'delivery',
  explains: [customNotReady.code, customUndecided.code],
  mechanisms: [],
  *explain(finding, view): Iterable<Explanation> {
    const object = view.find(finding.object);
    if (object === undefined || view.findingsOn(finding.object, customReferenceMissing.code).length > 0) return;
    for (const ref of inventoryOf(object, view)) {
      for (const cause of findingsAround(ref, view)) if (cause.id !== finding.id) yield upstream(finding, cause, { rule: 'delivery', strength: 'likely' });
    }
  },
});

function findingsAround(ref: ObjectRef, view: RuleView): IdentifiedFinding[] {
  const refs = [ref, ...view.podsOf(ref).map(refOf)];
  return refs.flatMap((each) => view.findingsOn(each)).filter(({ severity }) => severity !== 'low');
}
