import { refTo } from '@quarterdeck/contract';
import {
  type DetachedFacts,
  detachedText,
  gatewayRouteBackend,
  gatewayRouteDetached,
  gatewayRouteRefused,
  gatewayRouteUnserved,
  type RouteBackendFacts,
  type RouteRefusedFacts,
} from '../analysers/gateway-route.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { gatewayRef } from '../routing/gateway-api.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, listFact, stringFact, upstream } from './explain.ts';

const id = 'gateway-route';

export const routeDetached = defineMechanism<DetachedFacts & { route: string }>({
  id: 'gateway-route-detached',
  title: (facts) => `${facts.route} does not attach to Gateway ${facts.gateway}`,
  sentence: (facts) =>
    `${facts.route} names Gateway ${facts.gateway} (${facts.path}), but ${detachedText(facts.problem, facts.wanted)}${
      facts.offered.length === 0 ? '' : `; ${facts.problem === 'missing' ? 'there is' : 'it has'} ${listed(facts.offered)}`
    }, so the route is not served.`,
});

export const routeBackend = defineMechanism<RouteBackendFacts & { route: string }>({
  id: 'gateway-route-backend',
  title: (facts) =>
    `${facts.route} leads to ${facts.problem === 'port' ? `port ${facts.port} of ` : ''}Service ${facts.service}, which ${problems[facts.problem] ?? 'cannot be used'}`,
  sentence: (facts) =>
    `${facts.route} leads to ${facts.problem === 'port' ? `port ${facts.port} of ` : ''}Service ${facts.service} of namespace ${facts.namespace} (${facts.path}), ${
      facts.problem === 'missing'
        ? `which does not exist${facts.meant === null ? '' : ` (there is a Service ${facts.meant})`}`
        : facts.problem === 'port'
          ? `which has ${listed(facts.offered, 'no port')}`
          : 'which no ReferenceGrant of that namespace opens to it'
    }, so its requests are answered with 500.`,
});

const problems: Readonly<Record<string, string>> = { missing: 'does not exist', port: 'it does not have', 'not-granted': 'is not opened to it' };

export const routeRefused = defineMechanism<RouteRefusedFacts & { route: string }>({
  id: 'gateway-route-refused',
  title: (facts) => `Gateway ${facts.gateway} refuses ${facts.route}: ${facts.reason}`,
  sentence: (facts) =>
    `The controller of Gateway ${facts.gateway} says of ${facts.route}: ${facts.condition} (${facts.reason})${facts.message === '' ? '' : `: ${facts.message}`}.`,
});

export const gatewayRouteRule = defineRule({
  id,
  explains: [gatewayRouteDetached.code, gatewayRouteBackend.code, gatewayRouteUnserved.code, gatewayRouteRefused.code],
  mechanisms: [routeDetached, routeBackend, routeRefused],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === gatewayRouteDetached.code) yield detached(finding);
    else if (finding.code === gatewayRouteBackend.code) yield backend(finding);
    else if (finding.code === gatewayRouteUnserved.code) yield* unserved(finding, view);
    else yield* refused(finding, view);
  },
});

const nameOf = ({ object }: IdentifiedFinding) => `${object.kind} ${object.name}`;

/** The route, but the Gateway where it is missing and nothing like it exists; one of that name elsewhere (`infra/public`) is like it. */
function detached(finding: IdentifiedFinding): Explanation {
  const text = (name: string) => stringFact(finding.facts, name) ?? '';
  const facts = {
    route: nameOf(finding),
    gateway: text('gateway'),
    problem: text('problem'),
    wanted: text('wanted'),
    offered: listFact(finding.facts, 'offered'),
    meant: stringFact(finding.facts, 'meant'),
    path: text('path'),
  };
  const absent = facts.problem === 'missing' && facts.meant === null && !facts.offered.some((name) => name.includes('/'));
  const [missing] = finding.evidence.flatMap(({ source, object }) => (source === 'absence' ? [object] : []));
  const object = absent ? (missing ?? gatewayRef('Gateway', finding.object.namespace, facts.gateway)) : finding.object;
  return endsAt({ rule: id, finding, mechanism: routeDetached, object, exists: !absent, facts, strength: 'certain', evidence: finding.evidence });
}

function backend(finding: IdentifiedFinding): Explanation {
  const text = (name: string) => stringFact(finding.facts, name) ?? '';
  const facts = {
    route: nameOf(finding),
    service: text('service'),
    namespace: text('namespace'),
    problem: text('problem'),
    port: typeof finding.facts.port === 'number' ? finding.facts.port : null,
    offered: listFact(finding.facts, 'offered'),
    meant: stringFact(finding.facts, 'meant'),
    path: text('path'),
  };
  const absent = facts.problem === 'missing' && facts.meant === null;
  const object = absent ? refTo('Service', facts.namespace, facts.service) : finding.object;
  return endsAt({ rule: id, finding, mechanism: routeBackend, object, exists: !absent, facts, strength: 'certain', evidence: finding.evidence });
}

function* unserved(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  for (const via of view.outgoing(finding.object, 'routes').filter(({ to }) => to.name === finding.discriminator)) {
    for (const cause of view.findingsOn(via.to)) yield upstream(finding, cause, { rule: id, strength: 'certain', via });
  }
}

/** What the controller says is explained by what the state shows of the route or its Gateway, else it speaks for itself. */
function* refused(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const own = [gatewayRouteDetached.code, gatewayRouteBackend.code].flatMap((code) => view.findingsOn(finding.object, code));
  for (const cause of own) yield upstream(finding, cause, { rule: id, strength: 'certain' });
  for (const via of view.outgoing(finding.object, 'binds').filter(({ to }) => to.name === finding.discriminator)) {
    for (const cause of own.length > 0 ? [] : view.findingsOn(via.to)) yield upstream(finding, cause, { rule: id, strength: 'likely', via });
  }
  const text = (name: string) => stringFact(finding.facts, name) ?? '';
  const facts = {
    route: nameOf(finding),
    gateway: text('gateway'),
    condition: text('condition'),
    reason: text('reason'),
    message: text('message').replace(/\.$/, ''),
  };
  yield endsAt({ rule: id, finding, mechanism: routeRefused, object: finding.object, facts, strength: 'likely', evidence: finding.evidence });
}
