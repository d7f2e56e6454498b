import { refTo } from '@quarterdeck/contract';
import {
  type GatewayCertificateFacts,
  type GatewayClassMissingFacts,
  type GatewayConditionFacts,
  gatewayCertificateUnusable,
  gatewayClassMissing,
  gatewayClassNotAccepted,
  gatewayNotProgrammed,
} from '../analysers/gateway.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, listFact, stringFact, upstream } from './explain.ts';

const id = 'gateway';

export const classNotAccepted = defineMechanism<GatewayConditionFacts>({
  id: 'gateway-class-not-accepted',
  title: (_facts, object) => `GatewayClass ${object.name} is not accepted`,
  sentence: (facts, object) => `GatewayClass ${object.name} is not accepted (${facts.reason}): ${facts.message}. Gateways of this class route nothing.`,
});

export const classMissing = defineMechanism<GatewayClassMissingFacts>({
  id: 'gateway-class-missing',
  title: (facts, object) => `GatewayClass ${facts.class} of Gateway ${object.name} does not exist`,
  sentence: (facts, object) =>
    `Gateway ${object.name} names GatewayClass ${facts.class}, which does not exist (${facts.existing.length === 0 ? 'the cluster has no GatewayClass at all' : `the cluster has ${listed(facts.existing)}`}), so no controller serves it.`,
});

export const certificateUnusable = defineMechanism<GatewayCertificateFacts & { gateway: string }>({
  id: 'gateway-certificate-unusable',
  title: (facts) => `Gateway ${facts.gateway} cannot use Secret ${facts.secret}`,
  sentence: (facts) =>
    `A listener of Gateway ${facts.gateway} takes its certificate from Secret ${facts.secret} of namespace ${facts.namespace} (${facts.path}), ${
      facts.problem === 'missing'
        ? `which does not exist${facts.meant === null ? '' : ` (there is ${facts.meant})`}`
        : 'which no ReferenceGrant of that namespace opens to it'
    }, so the listener is not served.`,
});

export const notProgrammed = defineMechanism<GatewayConditionFacts>({
  id: 'gateway-not-programmed',
  title: (facts, object) => `${facts.listener === null ? '' : `Listener ${facts.listener} of `}Gateway ${object.name}: ${facts.reason}`,
  sentence: (facts, object) =>
    `The controller of Gateway ${object.name} says${facts.listener === null ? '' : ` of listener ${facts.listener}`}: ${facts.condition} (${facts.reason})${facts.message === '' ? '' : `: ${facts.message}`}.`,
});

export const gatewayRule = defineRule({
  id,
  explains: [gatewayClassNotAccepted.code, gatewayClassMissing.code, gatewayCertificateUnusable.code, gatewayNotProgrammed.code],
  mechanisms: [classNotAccepted, classMissing, certificateUnusable, notProgrammed],
  *explain(finding, view): Iterable<Explanation> {
    const { object, evidence, facts } = finding;
    if (finding.code === gatewayClassMissing.code) {
      const read = { class: stringFact(facts, 'class') ?? '', existing: listFact(facts, 'existing'), meant: stringFact(facts, 'meant') };
      yield endsAt({ rule: id, finding, mechanism: classMissing, object, facts: read, strength: 'certain', evidence });
    } else if (finding.code === gatewayCertificateUnusable.code) yield certificate(finding);
    else if (finding.code === gatewayClassNotAccepted.code) {
      const read = conditionFacts(finding);
      const strength = read.condition.endsWith('False') ? 'certain' : 'likely';
      yield endsAt({ rule: id, finding, mechanism: classNotAccepted, object, facts: read, strength, evidence });
    } else yield* unprogrammed(finding, view);
  },
});

function certificate(finding: IdentifiedFinding): Explanation {
  const text = (name: string) => stringFact(finding.facts, name) ?? '';
  const problem = text('problem') === 'missing' ? 'missing' : 'not-granted';
  const meant = stringFact(finding.facts, 'meant');
  const facts = { gateway: finding.object.name, secret: text('secret'), namespace: text('namespace'), problem, path: text('path'), meant } as const;
  const isAbsent = problem === 'missing' && meant === null;
  const object = isAbsent ? refTo('Secret', facts.namespace, facts.secret) : finding.object;
  return endsAt({ rule: id, finding, mechanism: certificateUnusable, object, exists: !isAbsent, facts, strength: 'certain', evidence: finding.evidence });
}

function conditionFacts({ facts }: IdentifiedFinding): GatewayConditionFacts {
  const text = (name: string) => stringFact(facts, name) ?? '';
  return { condition: text('condition'), reason: text('reason'), message: text('message').replace(/\.$/, ''), listener: stringFact(facts, 'listener') };
}

/** A Gateway that does not work because of what the state itself shows, else by the words of its controller. */
function* unprogrammed(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const own = [gatewayClassMissing.code, gatewayCertificateUnusable.code].flatMap((code) => view.findingsOn(finding.object, code));
  for (const cause of own) yield upstream(finding, cause, { rule: id, strength: 'certain' });
  for (const via of [...view.outgoing(finding.object, 'classes'), ...view.outgoing(finding.object, 'mounts')]) {
    for (const cause of view.findingsOn(via.to)) yield upstream(finding, cause, { rule: id, strength: 'certain', via });
  }
  yield endsAt({
    rule: id,
    finding,
    mechanism: notProgrammed,
    object: finding.object,
    facts: conditionFacts(finding),
    strength: 'likely',
    evidence: finding.evidence,
  });
}
