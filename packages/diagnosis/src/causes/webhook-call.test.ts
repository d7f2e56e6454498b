import { describe, expect, it } from 'vitest';
import { bundleValidity } from '../admission/ca-bundle.ts';
import { planFor } from '../plans/planner.ts';
import { type DiagnosisOptions, runDiagnosis } from '../testing/index.ts';
import { readyStatus, workloadYaml } from '../testing/workload-yaml.ts';

/** Self-signed; its last day is the 22nd of November 2026. */
const bundle =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJMakNCNGFBREFnRUNBaFJrYlFYdGs5alFtZENOc0YxZFVFUGRIQ2Y3eGpBRkJnTXJaWEF3RFRFTE1Ba0cKQTFVRUF3d0NZMkV3SGhjTk1qWXhNVEl4TVRneU9USTNXaGNOTWpZeE1USXlNVGd5T1RJM1dqQU5NUXN3Q1FZRApWUVFEREFKallUQXFNQVVHQXl0bGNBTWhBUHJxcVN3bC9HVXJjRmtNcjJvcW16MDRFQnV3U0FpeTRjTnZJYlc2CkNZNVdvMU13VVRBZEJnTlZIUTRFRmdRVUdRcWxITlZLaG5TMHY5T1RkbGoxWWlTNk5Hc3dId1lEVlIwakJCZ3cKRm9BVUdRcWxITlZLaG5TMHY5T1RkbGoxWWlTNk5Hc3dEd1lEVlIwVEFRSC9CQVV3QXdFQi96QUZCZ01yWlhBRApRUUJSUktQalp3UEN0dFRYODBtRFBTOVJkZmFHV0dzS0ZNRmdrdkRkOFhGS3R2Z1hkcXBTQmZqRVRISVV3U3RnCktJZHdnOWgyMUYvd2RSdkh2RytDQVFVSAotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0tCg==';

const refused = (message: string) => {
  const [deployment = '', set = ''] = workloadYaml({ name: 'web', status: '{}' }).split('---');
  const failing = set.replace(
    'status: {replicas: 1, readyReplicas: 0}',
    `status: {replicas: 0, conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate, message: ${JSON.stringify(message)}}]}`,
  );
  return `${deployment}---${failing}---\n`;
};
const configuration = (clientConfig = 'service: {namespace: guard, name: guard, path: /validate}') =>
  `kind: ValidatingWebhookConfiguration\nmetadata: {name: guard}\nwebhooks: [{name: guard.acme.io, timeoutSeconds: 7, clientConfig: {${clientConfig}}, rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]}]\n---\n`;
const backend = `
kind: Service
metadata: {name: guard, namespace: guard}
spec: {selector: {app: guard}, ports: [{port: 443, targetPort: 8443}]}
---
kind: Pod
metadata: {name: guard-1, namespace: guard, labels: {app: guard}}
spec: {nodeName: node-1, containers: [{name: app, image: g:1, ports: [{containerPort: 8443}]}]}
status:${readyStatus.replaceAll('\n', '\n  ')}
---
`;
const call = (detail: string) =>
  refused(
    `Internal error occurred: failed calling webhook "guard.acme.io": failed to call webhook: Post "https://guard.guard.svc:443/validate?timeout=7s": ${detail}`,
  );

async function diagnosed(yaml: string, options: DiagnosisOptions = {}) {
  const { incidents, view } = await runDiagnosis(yaml, options);
  const [first] = incidents;
  const plan = first === undefined ? null : planFor(first, view, { userContext: '', horizon: 'short' });
  return { named: incidents.map(({ mechanism, cause }) => `${mechanism} ${cause.kind}/${cause.name}`), sentence: first?.sentence ?? '', plan };
}

describe('a webhook that cannot be called', () => {
  it.each([
    ['tls: failed to verify certificate: x509: certificate signed by unknown authority', 'webhook-certificate-untrusted', 'not signed by the caBundle'],
    [
      'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-05-04T12:00:00Z is after 2026-01-01T00:00:00Z',
      'webhook-certificate-expired',
      '2026-01-01',
    ],
    ['tls: failed to verify certificate: x509: certificate is valid for old.guard.svc, not guard.guard.svc', 'webhook-certificate-host', 'old.guard.svc'],
    ['context deadline exceeded', 'webhook-times-out', '7 s'],
    ['dial tcp 10.96.0.9:443: connect: connection refused', 'webhook-port-closed', 'port 443'],
    ['EOF', 'webhook-call-fails', 'EOF'],
  ])('is named with what is wrong: %s', async (detail, mechanism, word) => {
    const { named, sentence, plan } = await diagnosed(call(detail) + configuration() + backend);
    expect(named).toEqual([`${mechanism} ValidatingWebhookConfiguration/guard`]);
    expect(sentence).toContain(word);
    expect(plan?.quickFix.fallback).toContain('Decide yourself');
    expect(plan?.quickFix.steps.every(({ impact }) => impact === 'none')).toBe(true);
  });

  it('is the one whose namespace was refused, where two configurations use one name', async () => {
    const selecting = 'webhooks: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}, ';
    const elsewhere = configuration('service: {namespace: other, name: guard}').replace('{name: guard}', '{name: a-guard}').replace('webhooks: [{', selecting);
    const { named } = await diagnosed(call('context deadline exceeded') + elsewhere + configuration() + backend);
    expect(named).toContain('webhook-times-out ValidatingWebhookConfiguration/guard');
    const alike = configuration('service: {namespace: guard, name: another}').replace('{name: guard}', '{name: a-guard}');
    const same = await diagnosed(call('context deadline exceeded') + alike + configuration() + backend);
    expect(same.named).toContain('webhook-times-out ValidatingWebhookConfiguration/guard');
  });

  it('is named with the path that its backend does not know', async () => {
    const text = 'Internal error occurred: failed calling webhook "guard.acme.io": failed to call webhook: the server could not find the requested resource';
    const { named, sentence } = await diagnosed(refused(text) + configuration() + backend);
    expect(named).toEqual(['webhook-path-missing ValidatingWebhookConfiguration/guard']);
    expect(sentence).toContain('/validate');
  });
});

describe('a webhook that must be asked about its own pods', () => {
  const own = (labels: string) => `kind: Service\nmetadata: {name: guard}\nspec: {selector: {app: ${labels}}, ports: [{port: 443}]}\n---\n`;
  const detail =
    'Internal error occurred: failed calling webhook "guard.acme.io": failed to call webhook: Post "https://guard.shop.svc:443/validate?timeout=7s": no endpoints available for service "guard"';

  it('is named with the namespace that it should leave out, once', async () => {
    const { named, sentence, plan } = await diagnosed(refused(detail) + configuration('service: {namespace: shop, name: guard}') + own('web'));
    expect(plan?.quickFix.fallback).toContain('"operator":"NotIn","values":["shop"]');
    expect(named).toEqual(['webhook-blocks-itself ValidatingWebhookConfiguration/guard']);
    expect(sentence).toContain('does not leave out namespace shop');
  });

  it('is another fault where other pods answer it', async () => {
    const { named } = await diagnosed(refused(detail) + configuration('service: {namespace: shop, name: guard}') + own('other'));
    expect(named.join()).not.toContain('webhook-blocks-itself');
  });
});

describe('the caBundle of a webhook', () => {
  const trusting = (caBundle: string) => configuration(`service: {namespace: guard, name: guard}, caBundle: ${caBundle}`) + backend;

  it('is told of when it is over or holds no certificate, and not before, nor where there is none', async () => {
    const later = Date.parse('2026-12-24T00:00:00Z');
    expect((await diagnosed(trusting(bundle), { now: later })).sentence).toContain('ended on 2026-11-22');
    expect((await diagnosed(trusting(bundle))).named).toEqual([]);
    expect((await diagnosed(trusting('bm8gY2VydGlmaWNhdGU='))).named).toEqual(['webhook-trust-over ValidatingWebhookConfiguration/guard']);
    expect((await diagnosed(configuration() + backend)).named).toEqual([]);
  });

  it('is read up to the certificate that ends last, and not where it is cut off', () => {
    expect(bundleValidity(bundle)).toMatchObject({ certificates: 1 });
    expect(bundleValidity(btoa(atob(bundle) + atob(bundle)))).toMatchObject({ certificates: 2 });
    expect(bundleValidity(btoa(`${atob(bundle).slice(0, 120)}-----END CERTIFICATE-----`))).toBeNull();
    expect(bundleValidity('not base64!')).toBeNull();
  });
});
