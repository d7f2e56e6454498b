import { type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import { selectsNamespace, type Webhook, type WebhookConfiguration } from './webhook-scope.ts';

export interface FoundWebhook {
  configuration: WebhookConfiguration;
  ref: ObjectRef;
  webhook: Webhook;
  /** In `webhooks`. */
  index: number;
}

/** What is known of the request besides the webhook's name, which several configurations may use. */
export interface RefusedRequest {
  namespace: string | null;
  /** The words of the API server, which may hold the address that it called. */
  detail: string;
}

const kinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const;

/** The webhook that the API server's message names. */
export function findWebhook(name: string, { namespace, detail }: RefusedRequest, view: ClusterView): FoundWebhook | null {
  const found = kinds.flatMap((kind) => view.list(kind)).flatMap((configuration) => named(configuration, name));
  const asked = found.filter(({ webhook }) => namespace === null || selectsNamespace(webhook, namespace, view));
  const candidates = asked.length === 0 ? found : asked;
  return candidates.find(({ webhook }) => isCalledIn(detail, webhook)) ?? candidates[0] ?? null;
}

function named(configuration: WebhookConfiguration, name: string): FoundWebhook[] {
  const index = (configuration.webhooks ?? []).findIndex((candidate) => candidate.name === name);
  const webhook = configuration.webhooks?.[index];
  return webhook === undefined ? [] : [{ configuration, ref: refOf(configuration), webhook, index }];
}

function isCalledIn(detail: string, { clientConfig: { service, url } }: Webhook): boolean {
  return service === undefined ? url !== undefined && detail.includes(url) : detail.includes(`//${service.name}.${service.namespace}.svc`);
}
