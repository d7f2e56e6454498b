import { refTo } from '@quarterdeck/contract';
import { type IngressHostFacts, type IngressSecretFacts, ingressCertificateHost, ingressSecretUnusable } from '../analysers/ingress-certificate.ts';
import { type IngressConflictFacts, ingressConflict } from '../analysers/ingress-conflict.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, ending, listed, listFact, stringFact } from './explain.ts';

const id = 'ingress-routing';

export const hostAndPathTaken = defineMechanism<IngressConflictFacts>({
  id: 'ingress-conflict',
  title: (facts, object) => `Ingress ${object.name} claims ${facts.host}${facts.path}, which Ingress ${facts.other} serves`,
  sentence: (facts, object) =>
    `Ingress ${object.name} routes ${facts.host}${facts.path} to ${facts.own}, but the older Ingress ${facts.other} has a rule for the same host and path that leads to ${facts.otherBackend}: only one of them is served.`,
});

export const certificateForOtherHost = defineMechanism<IngressHostFacts & { ingress: string }>({
  id: 'certificate-host-mismatch',
  title: (facts, object) => `Certificate in Secret ${object.kind === 'Secret' ? object.name : facts.secret} is not for ${facts.host}`,
  sentence: (facts) =>
    `Ingress ${facts.ingress} serves ${facts.host} with the certificate in Secret ${facts.secret}, which is for ${listed(facts.names)}, so clients that verify it refuse to connect.`,
});

export const secretWithoutCertificate = defineMechanism<IngressSecretFacts & { ingress: string }>({
  id: 'tls-secret-unusable',
  title: (facts) => `Secret ${facts.secret} holds no certificate for Ingress ${facts.ingress}`,
  sentence: (facts) =>
    `Ingress ${facts.ingress} takes its certificate from Secret ${facts.secret} (type ${facts.type}), which has no ${facts.missing.join(' and no ')}, so clients get the controller's fallback certificate.`,
});

/** An Ingress that came to a taken place is to change; a Secret that does not hold what it is used for is at fault itself. */
export const ingressRoutingRule = defineRule({
  id,
  explains: [ingressConflict.code, ingressCertificateHost.code, ingressSecretUnusable.code],
  mechanisms: [hostAndPathTaken, certificateForOtherHost, secretWithoutCertificate],
  *explain(finding): Iterable<Explanation> {
    const reason = { rule: id, strength: finding.code === ingressConflict.code ? 'likely' : 'certain', evidence: finding.evidence } as const;
    const text = (name: string) => stringFact(finding.facts, name) ?? '';
    if (finding.code === ingressConflict.code) {
      const facts = { host: text('host'), path: text('path'), own: text('own'), other: text('other'), otherBackend: text('otherBackend') };
      yield ending(finding, { object: finding.object, mechanism: hostAndPathTaken.id, facts }, reason);
      return;
    }
    yield ending(finding, { object: refTo('Secret', finding.object.namespace, text('secret')), ...secretEnd(finding, text) }, reason);
  },
});

function secretEnd({ code, facts, object }: IdentifiedFinding, text: (name: string) => string): Pick<Parameters<typeof ending>[1], 'mechanism' | 'facts'> {
  const common = { secret: text('secret'), path: text('path'), ingress: object.name };
  return code === ingressCertificateHost.code
    ? { mechanism: certificateForOtherHost.id, facts: { ...common, host: text('host'), names: listFact(facts, 'names') } }
    : { mechanism: secretWithoutCertificate.id, facts: { ...common, type: text('type'), missing: listFact(facts, 'missing') } };
}
