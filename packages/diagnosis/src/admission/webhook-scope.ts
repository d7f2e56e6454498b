import type { KindTypes } from '@quarterdeck/contract';
import { selectorMatches } from '../graph/label-selector.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type WebhookConfiguration = KindTypes['ValidatingWebhookConfiguration'] | KindTypes['MutatingWebhookConfiguration'];
export type Webhook = NonNullable<WebhookConfiguration['webhooks']>[number];
type Rule = NonNullable<Webhook['rules']>[number];

/** The published types leave this field out. */
export function resourcesOf(rule: Rule): string[] {
  return 'resources' in rule && Array.isArray(rule.resources) ? rule.resources.map(String) : [];
}

function ruleMatches(rule: Rule, operation: string, resource: string): boolean {
  const operations = rule.operations ?? [];
  return (operations.includes('*') || operations.includes(operation)) && resourcesOf(rule).some((each) => each === '*' || each === '*/*' || each === resource);
}

/** Whether a webhook is asked about such a request in a namespace; objectSelectors and matchConditions may still leave single objects out. */
export function webhookMatchesNamespace(webhook: Webhook, operation: string, resource: string, namespace: string, view: ClusterView): boolean {
  const selects = webhook.objectSelector !== undefined && !isEmpty(webhook.objectSelector);
  if (selects || !(webhook.rules ?? []).some((rule) => ruleMatches(rule, operation, resource))) return false;
  return selectsNamespace(webhook, namespace, view);
}

/** Whether a webhook is for what happens in a namespace. */
export function selectsNamespace({ namespaceSelector }: Webhook, namespace: string, view: ClusterView): boolean {
  const labels = { 'kubernetes.io/metadata.name': namespace, ...view.get('Namespace', null, namespace)?.metadata.labels };
  return namespaceSelector === undefined || selectorMatches(namespaceSelector, labels);
}

function isEmpty(selector: NonNullable<Webhook['objectSelector']>): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}
