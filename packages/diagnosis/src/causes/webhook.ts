import { refTo } from '@quarterdeck/contract';
import type { WebhookFacts } from '../analysers/webhook.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { Facts } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { nearMiss } from '../pods/near-name.ts';
import { ending, upstream } from './explanations.ts';

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

export function isWebhookFacts(facts: Facts): facts is WebhookFacts {
  return (
    typeof facts.webhook === 'string' && typeof facts.service === 'string' && typeof facts.serviceNamespace === 'string' && typeof facts.rules === 'string'
  );
}

const rule = 'webhook';

export const webhookRule = defineRule({
  id: rule,
  explains: ['webhook-backend-missing', 'webhook-unavailable'],
  mechanisms: [backendMissing, unavailable],
  *explain(finding, view) {
    if (!isWebhookFacts(finding.facts)) return;
    const { service, serviceNamespace } = finding.facts;
    const missing = finding.code === 'webhook-backend-missing';
    const meant = missing
      ? nearMiss(
          service,
          view.list('Service', serviceNamespace).map(({ metadata }) => metadata.name),
        )
      : null;
    const target = refTo('Service', serviceNamespace, service);
    const [via] = view.outgoing(finding.object, 'admits').filter(({ to }) => to.name === service);
    for (const cause of missing ? [] : view.findingsOn(target)) yield upstream(finding, cause, { rule, strength: 'certain', via: via ?? null });
    const end = { object: finding.object, mechanism: (missing ? backendMissing : unavailable).id, facts: { ...finding.facts, meant } };
    yield ending(finding, end, { rule, strength: missing ? 'certain' : 'likely', evidence: finding.evidence });
  },
});
