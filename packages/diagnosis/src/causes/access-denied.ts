import { sameRef } from '@quarterdeck/contract';
import { accountOf } from '../access/grants.ts';
import { accessDeniedInEvent } from '../analysers/access-denied-event.ts';
import { roleBindingDangling } from '../analysers/role-binding.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { logEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { denialMechanisms, explainDenial } from './denied-request.ts';
import { stringFact } from './explain.ts';
import { logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const rule = 'access-denied';

export const accessDeniedRule = defineRule({
  id: rule,
  explains: [...symptomsWithLog, accessDeniedInEvent.code, roleBindingDangling.code],
  mechanisms: denialMechanisms,
  *explain(finding, view) {
    if (finding.code === roleBindingDangling.code) yield* sharedEnd(finding, view);
    else if (finding.code === accessDeniedInEvent.code) yield* toldInEvent(finding, view);
    else yield* toldInLog(finding, view);
  },
});

/** A binding that grants nothing is the same fault as the refusal that it leads to. */
function* sharedEnd(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  for (const symptom of symptomsWithLog.flatMap((code) => view.findingsOf(code))) {
    for (const explanation of toldInLog(symptom, view)) {
      const { because } = explanation;
      const touches =
        because.kind === 'root' &&
        (sameRef(because.object, finding.object) || view.outgoing(finding.object, 'grants').some(({ to }) => sameRef(to, because.object)));
      if (touches) yield { ...explanation, finding: finding.id, evidence: finding.evidence };
    }
  }
}

function* toldInLog(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const symptom = logSymptom(finding, view);
  if (symptom === null) return;
  for (const fact of symptomFacts(finding, symptom, 'forbidden', view)) {
    const account = accountOf(fact.claim.user);
    const seen = [logEvidence(podRef(symptom.log.pod), symptom.log.container, fact, { decisive: true })];
    if (account !== null) yield explainDenial({ rule, finding, workload: symptom.workload.ref, account, request: fact.claim, seen }, view);
  }
}

/** What runs as the account is who asked; the object of the event only suffers. */
function* toldInEvent(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const text = (name: string) => stringFact(finding.facts, name) ?? '';
  const account = accountOf(text('user'));
  if (account === null) return;
  const request = { verb: text('verb'), resource: text('resource'), group: text('group'), namespace: stringFact(finding.facts, 'namespace') };
  const runner = view.incoming({ apiVersion: 'v1', kind: 'ServiceAccount', ...account }, 'runsAs').map(({ from }) => view.topOwner(from))[0];
  const workload = runner ?? { apiVersion: 'v1', kind: 'ServiceAccount', ...account };
  yield explainDenial({ rule, finding, workload, account, request, seen: finding.evidence }, view);
}
