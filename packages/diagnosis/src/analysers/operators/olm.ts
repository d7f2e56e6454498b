import { groupOf, refLabel, refOf } from '@quarterdeck/contract';
import { textAt } from '../../custom/fields.ts';
import { defineCustomAnalyser } from '../../model/analyser.ts';
import { absenceEvidence, fieldEvidence, timeOf } from '../../pods/evidence.ts';
import { customReferenceMissing } from '../custom-reference.ts';

/** A Subscription names its CatalogSource by two fields that no shape gives away: https://olm.operatorframework.io/docs/concepts/crds/subscription/ */
export const olmSubscriptionAnalyser = defineCustomAnalyser({
  id: 'olm-subscription',
  matches: ({ apiVersion, kind }) => groupOf(apiVersion) === 'operators.coreos.com' && kind === 'Subscription',
  reads: [],
  codes: [customReferenceMissing],
  *analyse(subscription, view) {
    const [name, namespace] = [textAt(subscription.spec, 'source'), textAt(subscription.spec, 'sourceNamespace')];
    if (name === null || namespace === null || subscription.metadata.deletionTimestamp !== undefined) return;
    const target = { apiVersion: 'operators.coreos.com/v1alpha1', kind: 'CatalogSource', namespace, name };
    if (!view.isMissing(target)) return;
    const object = refOf(subscription);
    yield {
      code: customReferenceMissing.code,
      object,
      discriminator: 'spec.source',
      severity: 'medium',
      since: timeOf(subscription.metadata.creationTimestamp),
      facts: { path: 'spec.source', ...target, named: true },
      evidence: [fieldEvidence(object, 'spec.source', name, { decisive: true }), absenceEvidence(target, `${refLabel(target)} does not exist`)],
    };
  },
});
