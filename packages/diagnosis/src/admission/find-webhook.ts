import { type ObjectRef, refOf } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import type { Webhook, WebhookConfiguration } from './webhook-scope.ts';

export interface FoundWebhook {
  configuration: WebhookConfiguration;
  ref: ObjectRef;
  webhook: Webhook;
  /** In `webhooks`. */
  index: number;
}

const kinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const;

/** The webhook that the API server's message names. */
export function findWebhook(name: string, view: ClusterView): FoundWebhook | null {
  for (const kind of kinds) {
    for (const configuration of view.list(kind)) {
      const index = (configuration.webhooks ?? []).findIndex((candidate) => candidate.name === name);
      const webhook = configuration.webhooks?.[index];
      if (webhook !== undefined) return { configuration, ref: refOf(configuration), webhook, index };
    }
  }
  return null;
}
