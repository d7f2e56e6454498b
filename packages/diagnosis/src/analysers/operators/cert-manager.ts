import { groupOf, refOf } from '@quarterdeck/contract';
import { textAt } from '../../custom/fields.ts';
import { defineCustomAnalyser } from '../../model/analyser.ts';
import { fieldEvidence, timeOf } from '../../pods/evidence.ts';
import { type CustomFacts, customUndecided } from '../custom-codes.ts';

/** Orders and Challenges of ACME have a state instead of conditions, and may wait for ever: https://cert-manager.io/docs/troubleshooting/acme/ */
export const acmeAnalyser = defineCustomAnalyser({
  id: 'cert-manager-acme',
  matches: ({ apiVersion, kind }) => groupOf(apiVersion) === 'acme.cert-manager.io' && (kind === 'Order' || kind === 'Challenge'),
  reads: [],
  codes: [customUndecided],
  *analyse(resource, _view) {
    const state = textAt(resource.status, 'state');
    if (state !== 'pending' || resource.metadata.deletionTimestamp !== undefined) return;
    const object = refOf(resource);
    const message = textAt(resource.status, 'reason') ?? '';
    yield {
      code: customUndecided.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: timeOf(resource.metadata.creationTimestamp),
      facts: { condition: 'state is pending', reason: textAt(resource.spec, 'type') ?? '', message } satisfies CustomFacts,
      evidence: [fieldEvidence(object, 'status.state', state, { text: message === '' ? 'status.state: pending' : message, decisive: true })],
    };
  },
});
