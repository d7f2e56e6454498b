import { type ObjectRef, refKey } from '@quarterdeck/contract';
import type { Explanation } from '../model/explanation.ts';
import type { Relation } from '../model/relation.ts';
import { defineRule } from '../model/rule.ts';
import { configuredCalls, failedCalls, podsBehind } from '../pods/called-services.ts';
import { logEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, upstream } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'tls-verification';

export type TlsFacts = { container: string; reason: string; line: string };

const reasons: Record<string, string> = {
  expired: 'the certificate of the other side has expired',
  'unknown-authority': 'it does not trust the authority that signed the certificate of the other side',
  hostname: 'the certificate of the other side is for another name',
  other: 'the certificate of the other side cannot be verified',
};

export const tlsVerificationFails = defineMechanism<TlsFacts>({
  id: 'tls-verification-fails',
  title: (facts) => `TLS verification fails in ${facts.container}`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} cannot open TLS connections: ${reasons[facts.reason] ?? facts.reason}. Log: ${facts.line}`,
});

/** A client that refuses a certificate is explained by what is wrong with the Secret that holds it. */
export const tlsVerificationRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [tlsVerificationFails],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const fact = symptom === null ? undefined : symptomFacts(finding, symptom, 'tls-verify', view)[0];
    if (symptom === null || fact === undefined) return;
    const { log, workload } = symptom;
    const evidence = [logEvidence(podRef(log.pod), log.container, fact, { decisive: true })];
    for (const { secret, via } of certificateSecrets(symptom, view)) {
      for (const cause of view.findingsOn(secret))
        yield upstream(finding, cause, { rule: id, strength: fact.claim.reason === 'expired' ? 'certain' : 'likely', via, evidence });
    }
    const facts = { container: log.container, reason: fact.claim.reason, line: fact.line };
    yield endsAt({
      rule: id,
      finding,
      mechanism: tlsVerificationFails,
      object: workload.ref,
      facts,
      strength: 'possible',
      via: ownedBy(finding.object, view),
      evidence,
    });
  },
});

/** Secrets that the called pods and the pod itself mount or read, each once. */
function certificateSecrets({ log }: LogSymptom, view: RuleView): { secret: ObjectRef; via: Relation }[] {
  const own = podRef(log.pod);
  const called = [
    ...configuredCalls(log.pod, view).map((edge) => edge.to),
    ...failedCalls(log.reading.facts, log.pod, view).flatMap((call) => call.target ?? []),
  ];
  const holders = [...called.flatMap((target) => podsBehind(target, view).map(podRef)), own];
  const edges = holders
    .flatMap((holder) => [...view.outgoing(holder, 'mounts'), ...view.outgoing(holder, 'reads')])
    .filter((edge) => edge.to.kind === 'Secret');
  return edges.filter((edge, index) => edges.findIndex((other) => refKey(other.to) === refKey(edge.to)) === index).map((via) => ({ secret: via.to, via }));
}
