import type { ObjectRef } from '@quarterdeck/contract';
import { refTo } from '@quarterdeck/contract';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef, type Workload } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'service-account-token';
const tokenFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

export type TokenFacts = { workload: string; account: string; path: string; field: string };

export const tokenNotMounted = defineMechanism<TokenFacts>({
  id: 'service-account-token-not-mounted',
  title: (facts) => `${facts.workload} gets no ServiceAccount token`,
  sentence: (facts, object) =>
    `${facts.workload} reads ${facts.path}, which is not mounted because ${object.kind} ${object.name} sets ${facts.field} to false: without its token it cannot talk to the API server as ServiceAccount ${facts.account}.`,
});

/** A program that misses its token, where the pod or its account switches the mount off. The pod's own word counts first. */
export const serviceAccountTokenRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [tokenNotMounted],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    const fact = symptomFacts(finding, symptom, 'file-missing', view).find(({ claim }) => claim.path.startsWith(tokenFolder));
    const off = fact === undefined ? null : switchedOff(symptom.workload, view);
    if (fact === undefined || off === null) return;
    const { ref } = symptom.workload;
    yield endsAt({
      rule: id,
      finding,
      mechanism: tokenNotMounted,
      object: off.object,
      facts: { workload: `${ref.kind} ${ref.name}`, account: off.account, path: fact.claim.path, field: off.field },
      strength: 'certain',
      via: ownedBy(finding.object, view),
      evidence: [
        fieldEvidence(off.object, off.field, 'false', { decisive: true }),
        logEvidence(podRef(symptom.log.pod), symptom.log.container, fact, { decisive: true }),
      ],
    });
  },
});

interface SwitchedOff {
  object: ObjectRef;
  field: string;
  account: string;
}

function switchedOff({ ref, spec, path }: Workload, view: RuleView): SwitchedOff | null {
  const account = spec.serviceAccountName ?? 'default';
  const own = spec.automountServiceAccountToken;
  if (own !== undefined) return own ? null : { object: ref, field: `${path}.automountServiceAccountToken`, account };
  const object = refTo('ServiceAccount', ref.namespace, account);
  const off = view.get('ServiceAccount', ref.namespace, account)?.automountServiceAccountToken === false;
  return off ? { object, field: 'automountServiceAccountToken', account } : null;
}
