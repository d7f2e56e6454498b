import { refOf } from '@quarterdeck/contract';
import { bundleValidity } from '../admission/ca-bundle.ts';
import type { WebhookConfiguration } from '../admission/webhook-scope.ts';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** `until` is ISO 8601; null where the bundle holds no certificate at all. */
export type WebhookTrustFacts = { webhook: string; failurePolicy: string; until: string | null };

export const webhookTrustUnusable = defineCode<WebhookTrustFacts>({
  code: 'webhook-trust-unusable',
  title: 'Webhook trusts a certificate authority that is over',
  documentation:
    'The caBundle, by which the API server knows the webhook, holds no certificate that is still valid. The API server cannot open a connection to it: with failurePolicy Fail every request the webhook is for is refused. Whoever renews the certificate has to write the new authority into the configuration.',
  silentWhen: 'One certificate of the bundle is still valid, or there is no bundle and the API server trusts what its own machine trusts.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ webhook, until }) =>
    `Webhook ${webhook}: ${until === null ? 'its caBundle holds no certificate' : `its caBundle ended on ${until.slice(0, 10)}`}.`,
});

function* analyse(configuration: WebhookConfiguration, view: ClusterView): Iterable<RawFinding<WebhookTrustFacts>> {
  const object = refOf(configuration);
  for (const [index, { name, clientConfig, failurePolicy = 'Fail' }] of (configuration.webhooks ?? []).entries()) {
    const bundle = clientConfig.caBundle ?? '';
    const validity = bundleValidity(bundle);
    if (bundle === '' || !view.covers(clientConfig.service?.namespace) || (validity !== null && !view.passed(validity.until))) continue;
    const until = validity === null ? null : new Date(validity.until).toISOString();
    yield {
      code: webhookTrustUnusable.code,
      object,
      discriminator: name,
      severity: failurePolicy === 'Ignore' ? 'low' : 'high',
      since: validity?.until ?? null,
      facts: { webhook: name, failurePolicy, until },
      evidence: [
        fieldEvidence(object, `webhooks[${index}].clientConfig.caBundle`, until ?? 'no certificate', {
          decisive: true,
          text: until === null ? 'The caBundle holds no certificate' : `The last certificate of the caBundle ended on ${until}`,
        }),
      ],
    };
  }
}

const parts = { reads: [], codes: [webhookTrustUnusable], analyse } as const;

export const validatingWebhookTrust = defineAnalyser({ id: 'validating-webhook-trust', kind: 'ValidatingWebhookConfiguration', ...parts });
export const mutatingWebhookTrust = defineAnalyser({ id: 'mutating-webhook-trust', kind: 'MutatingWebhookConfiguration', ...parts });
