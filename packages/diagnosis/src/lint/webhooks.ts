import type { KindTypes } from '@quarterdeck/contract';
import { webhookMatchesNamespace } from '../admission/webhook-scope.ts';
import { defineLint } from './define-lint.ts';

export const webhookGuardsItself = defineLint({
  code: 'webhook-guards-itself',
  title: 'Webhook that stands in the way of its own pods',
  documentation:
    'With failurePolicy Fail the webhook must be asked before a pod of its own backend may be created: once they are all gone, none can come back. Exclude its namespace with a namespaceSelector.',
  severity: 'low',
  silentWhen: 'failurePolicy is Ignore, pods are not among what it is for, or its namespaceSelector excludes its own namespace.',
  kind: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  *check({ webhooks }, view) {
    for (const [index, webhook] of (webhooks ?? []).entries()) {
      const namespace = webhook.clientConfig.service?.namespace;
      if (namespace === undefined || webhook.failurePolicy === 'Ignore' || view.get('Namespace', null, namespace) === undefined) continue;
      if (webhookMatchesNamespace(webhook, 'CREATE', 'pods', namespace, view))
        yield { path: `webhooks[${index}].namespaceSelector`, message: `${webhook.name} must be asked before its own pods in ${namespace} are created.` };
    }
  },
});

const longestSeconds = 30;

export const webhooksSlow = defineLint({
  code: 'webhooks-may-time-out',
  title: 'Webhooks that together may wait as long as a request does',
  documentation:
    'Mutating webhooks are asked one after the other; a request of kubectl or a controller ends after 30 s or so. When one of them is slow, everything is. A timeoutSeconds of 5 is plenty.',
  severity: 'info',
  silentWhen: 'The timeouts of those that are asked about new pods stay below 30 s together.',
  kind: 'MutatingWebhookConfiguration',
  *check(configuration, view) {
    const all = view.list('MutatingWebhookConfiguration').flatMap((each) => podWebhooks(each));
    const total = all.reduce((sum, { timeoutSeconds }) => sum + (timeoutSeconds ?? 10), 0);
    const own = podWebhooks(configuration).reduce((sum, { timeoutSeconds }) => sum + (timeoutSeconds ?? 10), 0);
    const isLargest = own > 0 && all.every(({ timeoutSeconds }) => (timeoutSeconds ?? 10) <= own);
    if (total >= longestSeconds && isLargest)
      yield { path: 'webhooks', message: `${all.length} webhooks may hold up a new pod for ${total} s, ${own} s of it here.` };
  },
});

function podWebhooks({ webhooks }: KindTypes['MutatingWebhookConfiguration']) {
  return (webhooks ?? []).filter(({ rules = [] }) =>
    rules.some((rule) => 'resources' in rule && Array.isArray(rule.resources) && rule.resources.some((name) => name === 'pods' || name === '*')),
  );
}

export const webhookChecks = [webhookGuardsItself, webhooksSlow];
