import { isKind, type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { isReady } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { offeredPorts } from '../routing/called-port.ts';
import { backendPods, picksPods } from '../routing/service-backends.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Configuration = KindTypes['ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration'];

export type WebhookFacts = { webhook: string; service: string; serviceNamespace: string; failurePolicy: string; rules: string };

export const webhookBackendMissing = defineCode<WebhookFacts>({
  code: 'webhook-backend-missing',
  title: 'Webhook calls a Service that does not exist',
  documentation:
    'The API server must ask this webhook before it accepts the objects it is for, and the Service behind it does not exist. With failurePolicy Fail every such request is refused; with Ignore the check is silently skipped.',
  silentWhen: 'The Service lies in a namespace that was not read, or the webhook calls an address outside of the cluster.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ webhook, service, serviceNamespace, failurePolicy }) =>
    `Webhook ${webhook} (failurePolicy ${failurePolicy}) calls Service ${serviceNamespace}/${service}, which does not exist.`,
});

export const webhookUnavailable = defineCode<WebhookFacts>({
  code: 'webhook-unavailable',
  title: 'Webhook has no ready backend',
  documentation:
    'The Service behind this webhook exists, but no ready pod stands behind it. With failurePolicy Fail every request the webhook is for is refused until its pods are ready again.',
  silentWhen: 'A pod behind the Service is ready, or the Service has no selector.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ webhook, service, serviceNamespace, failurePolicy }) =>
    `Webhook ${webhook} (failurePolicy ${failurePolicy}) calls Service ${serviceNamespace}/${service}, which has no ready endpoints.`,
});

export type WebhookPortFacts = WebhookFacts & { port: number; offered: readonly string[] };

export const webhookPortMissing = defineCode<WebhookPortFacts>({
  code: 'webhook-port-missing',
  title: 'Webhook calls a port that its Service does not have',
  documentation:
    'The clientConfig of the webhook names a port (443 where it names none) that the Service behind it does not offer. With failurePolicy Fail every request the webhook is for is refused.',
  silentWhen: 'The Service may not be read, or offers the port (443 where none is named).',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ webhook, service, port, offered }) => `Webhook ${webhook} calls port ${port} of Service ${service}, which offers ${offered.join(', ')}.`,
});

type WebhookRule = NonNullable<NonNullable<Configuration['webhooks']>[number]['rules']>[number];

/** The published types leave this field out. */
function resourcesOf(rule: WebhookRule): string[] {
  return 'resources' in rule && Array.isArray(rule.resources) ? rule.resources.map(String) : [];
}

/** `CREATE of pods, deployments.apps`: what has to pass the webhook. */
function webhookRules(rules: readonly WebhookRule[]): string {
  const text = rules.map((rule) => {
    const [group, ...others] = rule.apiGroups ?? [];
    const suffix = group === undefined || group === '' || group === '*' || others.length > 0 ? '' : `.${group}`;
    return `${(rule.operations ?? []).join('/')} of ${resourcesOf(rule)
      .map((resource) => resource + suffix)
      .join(', ')}`;
  });
  return text.join('; ');
}

function facts(configuration: Configuration, relation: Relation): WebhookFacts {
  const webhook = configuration.webhooks?.find(({ name }) => name === relation.detail.key);
  return {
    webhook: relation.detail.key ?? '',
    service: relation.to.name,
    serviceNamespace: relation.to.namespace ?? '',
    failurePolicy: webhook?.failurePolicy ?? 'Fail',
    rules: webhookRules(webhook?.rules ?? []),
  };
}

function isUnavailable(service: ObjectRef, view: ClusterView): boolean {
  const object = view.find(service);
  if (object === undefined || !isKind(object, 'Service') || !picksPods(object) || view.coverage('Pod') !== 'read') return false;
  return view.covers(service.namespace) && !backendPods(view, object).some(isReady);
}

function* analyse(configuration: Configuration, view: ClusterView): Iterable<RawFinding<WebhookFacts>> {
  const object = refOf(configuration);
  for (const relation of view.outgoing(object, 'admits')) {
    const missing = view.isMissing(relation.to);
    yield* wrongPort(configuration, relation, view);
    if (!missing && !isUnavailable(relation.to, view)) continue;
    const read = facts(configuration, relation);
    const absent = missing ? `Service ${read.service} does not exist in ${read.serviceNamespace}` : `Service ${read.service} has no ready pods`;
    yield {
      code: (missing ? webhookBackendMissing : webhookUnavailable).code,
      object,
      discriminator: read.webhook,
      severity: read.failurePolicy === 'Ignore' ? 'low' : 'high',
      since: null,
      facts: read,
      evidence: [fieldEvidence(object, relation.path, read.service), absenceEvidence(relation.to, absent)],
    };
  }
}

function* wrongPort(configuration: Configuration, relation: Relation, view: ClusterView): Iterable<RawFinding<WebhookPortFacts>> {
  const service = view.get('Service', relation.to.namespace, relation.to.name);
  const port = Number(relation.detail.port);
  if (service === undefined || (service.spec?.ports ?? []).some((offered) => offered.port === port)) return;
  const object = refOf(configuration);
  const read = { ...facts(configuration, relation), port, offered: offeredPorts(service) };
  yield {
    code: webhookPortMissing.code,
    object,
    discriminator: read.webhook,
    severity: read.failurePolicy === 'Ignore' ? 'low' : 'high',
    since: null,
    facts: read,
    evidence: [
      fieldEvidence(object, relation.path.replace(/name$/, 'port'), port, { decisive: true }),
      fieldEvidence(relation.to, 'spec.ports', read.offered.join(', '), { decisive: true }),
    ],
  };
}

const parts = { reads: ['Service', 'Pod'], codes: [webhookBackendMissing, webhookUnavailable, webhookPortMissing], analyse } as const;

export const validatingWebhookAnalyser = defineAnalyser({ id: 'validating-webhook', kind: 'ValidatingWebhookConfiguration', ...parts });
export const mutatingWebhookAnalyser = defineAnalyser({ id: 'mutating-webhook', kind: 'MutatingWebhookConfiguration', ...parts });
