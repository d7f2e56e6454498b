import { type LoadBalancerFacts, loadBalancerPending } from '../analysers/service-load-balancer.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, numberFact, stringFact } from './explain.ts';

export const loadBalancerWithoutAddress = defineMechanism<LoadBalancerFacts>({
  id: 'load-balancer-pending',
  title: (_facts, object) => `Load balancer of Service ${object.name} is pending`,
  sentence: (facts, object) =>
    `Service ${object.name} is of type LoadBalancer${facts.class === null ? '' : ` (class ${facts.class})`} and its external address is still pending: ${
      facts.failure ??
      (facts.others > 0
        ? 'its controller serves other Services, but not this one, and no event says why'
        : `nothing in the cluster assigns addresses to such Services${facts.class === null ? ' (no cloud controller, no MetalLB or the like)' : `: no controller answers for class ${facts.class}`}`)
    }.`,
});

const id = 'service-load-balancer';

export const serviceLoadBalancerRule = defineRule({
  id,
  explains: [loadBalancerPending.code],
  mechanisms: [loadBalancerWithoutAddress],
  *explain(finding) {
    const facts = { class: stringFact(finding.facts, 'class'), failure: stringFact(finding.facts, 'failure'), others: numberFact(finding.facts, 'others') };
    const strength = facts.failure === null ? 'likely' : 'certain';
    yield endsAt({ rule: id, finding, mechanism: loadBalancerWithoutAddress, object: finding.object, facts, strength, evidence: finding.evidence });
  },
});
