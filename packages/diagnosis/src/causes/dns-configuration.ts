import { type DnsMisdirectionFacts, dnsMisdirects } from '../analysers/dns-configuration.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, listed, listFact, numberFact, stringFact } from './explain.ts';

export const dnsConfigurationMisdirects = defineMechanism<DnsMisdirectionFacts>({
  id: 'dns-configuration-misdirects',
  title: (facts, object) => `CoreDNS configuration in ConfigMap ${object.name}: ${facts.line}`,
  sentence: (facts, object) =>
    `The cluster's DNS configuration (ConfigMap ${object.name}, ${facts.key}) has the line \`${facts.line}\`, which ${facts.effect} for ${listed(facts.services)}${
      facts.count > facts.services.length ? ` and ${facts.count - facts.services.length} other Services` : ''
    }, so pods that look ${facts.count === 1 ? 'it' : 'them'} up do not get the address of the Service.`,
});

const id = 'dns-configuration';

export const dnsConfigurationRule = defineRule({
  id,
  explains: [dnsMisdirects.code],
  mechanisms: [dnsConfigurationMisdirects],
  *explain(finding) {
    const text = (name: string) => stringFact(finding.facts, name) ?? '';
    const facts = {
      key: text('key'),
      line: text('line'),
      effect: text('effect'),
      services: listFact(finding.facts, 'services'),
      count: numberFact(finding.facts, 'count'),
    };
    yield endsAt({ rule: id, finding, mechanism: dnsConfigurationMisdirects, object: finding.object, facts, strength: 'certain', evidence: finding.evidence });
  },
});
