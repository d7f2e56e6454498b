import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { WebhookFacts, WebhookPortFacts } from '../analysers/webhook.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { Facts } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { nearMiss } from '../pods/near-name.ts';
import { selectorNearMiss } from '../routing/selector-near-miss.ts';
import { serviceOf, serviceState } from '../routing/service-state.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, listed, listFact, numberFact, upstream } from './explain.ts';

export type BackendFacts = WebhookFacts & { meant: string | null };

const effect = ({ failurePolicy, rules }: WebhookFacts) =>
  failurePolicy === 'Ignore'
    ? 'With failurePolicy Ignore the check is skipped'
    : `With failurePolicy Fail every ${rules === '' ? 'request it is for' : rules} is refused`;

const backendMissing: Mechanism<BackendFacts> = {
  id: 'webhook-backend-missing',
  title: (facts, object) => `Webhook ${object.name} calls Service ${facts.service}, which does not exist`,
  sentence: (facts, object) =>
    `Webhook ${facts.webhook} of ${object.kind} ${object.name} calls Service ${facts.serviceNamespace}/${facts.service}, which does not exist${
      facts.meant === null ? '' : ` (there is ${facts.meant})`
    }. ${effect(facts)}.`,
};

const unavailable: Mechanism<BackendFacts> = {
  id: 'webhook-unavailable',
  title: (facts, object) => `Webhook ${object.name} has no ready backend behind Service ${facts.service}`,
  sentence: (facts, object) =>
    `Webhook ${facts.webhook} of ${object.kind} ${object.name} calls Service ${facts.serviceNamespace}/${facts.service}, which has no ready endpoints. ${effect(facts)}.`,
};

const portMissing: Mechanism<WebhookPortFacts> = {
  id: 'webhook-port-missing',
  title: (facts, object) => `Webhook ${object.name} calls port ${facts.port}, which Service ${facts.service} does not have`,
  sentence: (facts, object) =>
    `Webhook ${facts.webhook} of ${object.kind} ${object.name} calls port ${facts.port} of Service ${facts.serviceNamespace}/${facts.service}, which offers only ${listed(facts.offered)}. ${effect(facts)}.`,
};

export function isWebhookFacts(facts: Facts): facts is WebhookFacts {
  return (
    typeof facts.webhook === 'string' && typeof facts.service === 'string' && typeof facts.serviceNamespace === 'string' && typeof facts.rules === 'string'
  );
}

const rule = 'webhook';

/** A Service that selects nothing and resembles nothing: what stood behind it is gone, and the webhook was left behind. */
function isAbandoned(ref: ObjectRef, view: RuleView): boolean {
  const service = serviceOf(ref, view);
  return service !== undefined && serviceState(service, view).state === 'unselected' && selectorNearMiss(view, service) === null;
}

/** The abandoned Service of a webhook that is in the way is part of the same fault. */
export const abandonedServiceRule = defineRule({
  id: 'webhook-service',
  explains: ['service-no-endpoints'],
  mechanisms: [],
  *explain(finding, view) {
    if (!isAbandoned(finding.object, view)) return;
    for (const via of view.incoming(finding.object, 'admits')) {
      for (const cause of view.findingsOn(via.from, 'webhook-unavailable'))
        yield upstream(finding, cause, { rule: 'webhook-service', strength: 'likely', via });
    }
  },
});

export const webhookRule = defineRule({
  id: rule,
  explains: ['webhook-backend-missing', 'webhook-unavailable', 'webhook-port-missing'],
  mechanisms: [backendMissing, unavailable, portMissing],
  *explain(finding, view) {
    if (!isWebhookFacts(finding.facts)) return;
    const { service, serviceNamespace } = finding.facts;
    if (finding.code === 'webhook-port-missing') {
      const facts = { ...finding.facts, port: numberFact(finding.facts, 'port'), offered: listFact(finding.facts, 'offered') };
      yield ending(finding, { object: finding.object, mechanism: portMissing.id, facts }, { rule, strength: 'certain', evidence: finding.evidence });
      return;
    }
    const missing = finding.code === 'webhook-backend-missing';
    const meant = missing
      ? nearMiss(
          service,
          view.list('Service', serviceNamespace).map(({ metadata }) => metadata.name),
        )
      : null;
    const target = refTo('Service', serviceNamespace, service);
    const [via] = view.outgoing(finding.object, 'admits').filter(({ to }) => to.name === service);
    for (const cause of missing || isAbandoned(target, view) ? [] : view.findingsOn(target))
      yield upstream(finding, cause, { rule, strength: 'certain', via: via ?? null });
    const end = { object: finding.object, mechanism: (missing ? backendMissing : unavailable).id, facts: { ...finding.facts, meant } };
    yield ending(finding, end, { rule, strength: missing ? 'certain' : 'likely', evidence: finding.evidence });
  },
});
