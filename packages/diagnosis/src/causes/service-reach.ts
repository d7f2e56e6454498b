import { serviceAliasDangling } from '../analysers/service-alias.ts';
import { type AstrayEndpointsFacts, problemText, serviceEndpointsAstray } from '../analysers/service-manual-endpoints.ts';
import { type LocalTrafficFacts, serviceLocalTrafficUnserved } from '../analysers/service-traffic-policy.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { astrayEndpoints } from '../routing/manual-endpoints.ts';
import { workloadMeantBy } from '../routing/selector-near-miss.ts';
import { serviceOf } from '../routing/service-state.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, listFact, numberFact, stringFact } from './explain.ts';
import { externalNameUnresolved, serviceWithoutSelector } from './service-address.ts';

const id = 'service-reach';

export const localTrafficUnserved = defineMechanism<LocalTrafficFacts>({
  id: 'internal-traffic-policy-local',
  title: (facts, object) => `Service ${object.name} (internalTrafficPolicy Local) has no endpoint on ${listed(facts.nodes)}`,
  sentence: (facts, object) =>
    `Service ${object.name} has internalTrafficPolicy Local, so a node sends only to its own endpoints; ${listed(facts.callers)} ${facts.callers.length === 1 ? 'calls' : 'call'} it from ${listed(facts.nodes)}, which has none (endpoints are on ${listed(facts.backends)}), and the connections are dropped.`,
});

export const endpointsAstray = defineMechanism<AstrayEndpointsFacts & { service: string }>({
  id: 'service-endpoints-astray',
  title: (facts) => `Endpoints of Service ${facts.service} lead nowhere`,
  sentence: (facts, object) =>
    `Service ${facts.service} has no selector and leads to what ${object.kind} ${object.name} says, but ${problemText(facts.problem, facts.detail)}.`,
});

/** Services that lead nowhere by their own words, whether a caller has said so or not. */
export const serviceReachRule = defineRule({
  id,
  explains: [serviceAliasDangling.code, serviceEndpointsAstray.code, serviceLocalTrafficUnserved.code],
  mechanisms: [localTrafficUnserved, endpointsAstray, externalNameUnresolved, serviceWithoutSelector],
  *explain(finding, view): Iterable<Explanation> {
    const { object, facts, evidence } = finding;
    const common = { rule: id, finding, object, strength: 'certain', evidence } as const;
    if (finding.code === serviceAliasDangling.code) {
      const read = { externalName: stringFact(facts, 'externalName') ?? '', inCluster: true, meant: stringFact(facts, 'meant'), caller: callersText(finding) };
      yield endsAt({ ...common, mechanism: externalNameUnresolved, facts: read });
    } else if (finding.code === serviceLocalTrafficUnserved.code) {
      const read = { nodes: listFact(facts, 'nodes'), callers: listFact(facts, 'callers'), backends: listFact(facts, 'backends') };
      yield endsAt({ ...common, mechanism: localTrafficUnserved, facts: read });
    } else yield astray(finding, view);
  },
});

function callersText({ facts }: IdentifiedFinding): string {
  const callers = numberFact(facts, 'callers');
  return callers === 0 ? 'nobody' : callers === 1 ? 'its caller' : `its ${callers} callers`;
}

function astray(finding: IdentifiedFinding, view: RuleView): Explanation {
  const service = serviceOf(finding.object, view);
  const found = service === undefined ? null : astrayEndpoints(service, view);
  const common = { rule: id, finding, strength: 'certain', evidence: finding.evidence } as const;
  if (service === undefined || found === null || found.problem === 'none') {
    const meant = service === undefined ? null : workloadMeantBy(service, view);
    const labels = Object.entries(meant?.labels ?? {}).map(([key, value]) => `${key}=${value}`);
    const workload = meant === null ? null : `${meant.ref.kind} ${meant.ref.name}`;
    return endsAt({
      ...common,
      mechanism: serviceWithoutSelector,
      object: finding.object,
      facts: { caller: callersText(finding), reason: 'find no endpoint', workload, labels },
    });
  }
  const facts = {
    service: finding.object.name,
    problem: found.problem,
    addresses: listFact(finding.facts, 'addresses'),
    detail: found.detail,
    callers: numberFact(finding.facts, 'callers'),
  };
  return endsAt({ ...common, mechanism: endpointsAstray, object: found.object, facts });
}
