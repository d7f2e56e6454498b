import { describe, expect, it } from 'vitest';
import { toIssue } from '../../issues/to-issue.ts';
import { ago, type DiagnosisOptions, runDiagnosis } from '../../testing/index.ts';
import { crashLoopStatus, workloadYaml } from '../../testing/workload-yaml.ts';

const definition = (kind: string, group: string, version = 'v1', scope = 'Namespaced') => `
kind: CustomResourceDefinition
metadata: {name: ${kind.toLowerCase()}s.${group}}
spec: {group: ${group}, scope: ${scope}, names: {kind: ${kind}, plural: ${kind.toLowerCase()}s}, versions: [{name: ${version}, served: true, storage: true}]}
status: {conditions: [{type: Established, status: "True"}]}
---
`;

const custom = (apiVersion: string, kind: string, name: string, body: string, metadata = '') => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${name}${metadata}}
${body}
---
`;

const failing = (type: string, reason: string, message: string) =>
  `status: {conditions: [{type: ${type}, status: "False", reason: ${reason}, message: ${JSON.stringify(message)}, lastTransitionTime: "${ago(1800)}"}]}`;

async function on(yaml: string, options: DiagnosisOptions = {}) {
  const { incidents } = await runDiagnosis(yaml, options);
  return incidents.map(({ mechanism, cause }) => `${mechanism} ${cause.kind} ${cause.name}`);
}

describe('cert-manager', () => {
  const kinds =
    ['Certificate', 'CertificateRequest', 'Issuer'].map((kind) => definition(kind, 'cert-manager.io')).join('') +
    ['Order', 'Challenge'].map((kind) => definition(kind, 'acme.cert-manager.io')).join('');
  const owned = (kind: string, name: string, group = 'cert-manager.io') => `, ownerReferences: [{apiVersion: ${group}/v1, kind: ${kind}, name: ${name}}]`;
  const certificate = custom(
    'cert-manager.io/v1',
    'Certificate',
    'web',
    `spec: {secretName: web-tls, issuerRef: {name: letsencrypt, kind: Issuer}}\n${failing('Ready', 'DoesNotExist', 'Issuing certificate as Secret does not exist')}`,
  );

  it('names the Issuer that does not exist, not the Secret that it would write', async () => {
    expect(await on(kinds + certificate)).toEqual(['custom-reference-missing Issuer letsencrypt']);
  });

  it('walks from the Certificate to the Challenge that fails', async () => {
    const issuer = custom('cert-manager.io/v1', 'Issuer', 'letsencrypt', 'status: {conditions: [{type: Ready, status: "True"}]}');
    const request = custom(
      'cert-manager.io/v1',
      'CertificateRequest',
      'web-1',
      `spec: {issuerRef: {name: letsencrypt}}\n${failing('Ready', 'Pending', 'Waiting on certificate issuance from order web-1-9: "pending"')}`,
      owned('Certificate', 'web'),
    );
    const order = custom('acme.cert-manager.io/v1', 'Order', 'web-1-9', 'status: {state: pending}', owned('CertificateRequest', 'web-1'));
    const challenge = custom(
      'acme.cert-manager.io/v1',
      'Challenge',
      'web-1-9-7',
      'spec: {type: HTTP-01}\nstatus: {state: pending, reason: "Waiting for HTTP-01 challenge propagation: wrong status code 404, expected 200"}',
      owned('Order', 'web-1-9', 'acme.cert-manager.io'),
    );
    expect(await on(kinds + issuer + certificate + request + order + challenge)).toEqual(['custom-resource-fault Challenge web-1-9-7']);
  });

  it('says nothing of a Certificate that is Ready', async () => {
    expect(
      await on(
        kinds +
          custom(
            'cert-manager.io/v1',
            'Certificate',
            'web',
            'spec: {secretName: web-tls, issuerRef: {name: gone}}\nstatus: {conditions: [{type: Ready, status: "True"}, {type: Issuing, status: "False"}]}',
          ),
      ),
    ).toEqual([]);
  });
});

describe('Argo CD', () => {
  const kinds =
    definition('Application', 'argoproj.io', 'v1alpha1') +
    definition('AppProject', 'argoproj.io', 'v1alpha1') +
    custom('argoproj.io/v1alpha1', 'AppProject', 'default', 'spec: {}');
  const application = (
    status: string,
    spec = '{project: default, destination: {server: "https://kubernetes.default.svc", namespace: shop}, syncPolicy: {automated: {}}}',
  ) => custom('argoproj.io/v1alpha1', 'Application', 'web', `spec: ${spec}\nstatus: ${status}`);
  const shop = '\nkind: Namespace\nmetadata: {name: shop}\n---\n';
  const degraded =
    '{health: {status: Degraded, lastTransitionTime: "2026-05-04T11:30:00Z"}, sync: {status: Synced}, resources: [{group: apps, version: v1, kind: Deployment, namespace: shop, name: web, health: {status: Degraded}}]}';

  it('is as ill as the workload that it brought', async () => {
    const found = await on(kinds + shop + workloadYaml({ name: 'web', status: crashLoopStatus(127) }) + application(degraded));
    expect([found.length, found[0]]).toEqual([1, expect.stringContaining('Deployment web')]);
  });

  it('names the repository fault, and the namespace that does not exist', async () => {
    const comparison = `{conditions: [{type: ComparisonError, message: "Failed to load target state: app path does not exist: manifests/web", lastTransitionTime: "${ago(1800)}"}], sync: {status: Unknown}, health: {status: Healthy}}`;
    const { incidents } = await runDiagnosis(kinds + shop + application(comparison));
    expect(incidents.map(({ cause, sentence }) => [cause.kind, sentence])).toEqual([
      ['Application', expect.stringContaining('app path does not exist: manifests/web')],
    ]);
    const failed = `{operationState: {phase: Failed, message: 'namespaces "shops" not found', finishedAt: "${ago(1800)}"}, sync: {status: OutOfSync}, health: {status: Missing}}`;
    const spec = '{project: default, destination: {server: "https://kubernetes.default.svc", namespace: shops}, syncPolicy: {automated: {}}}';
    expect(await on(kinds + shop + application(failed, spec))).toEqual(['custom-reference-misspelt Application web']);
  });

  it.each([
    ['synced and healthy', '{health: {status: Healthy}, sync: {status: Synced}}'],
    ['on its way', '{health: {status: Progressing}, sync: {status: OutOfSync}, operationState: {phase: Running}}'],
    ['suspended', '{health: {status: Suspended}, sync: {status: Synced}}'],
  ])('is left alone while %s', async (_name, status) => {
    expect(await on(kinds + shop + application(status, '{project: default, destination: {namespace: shop}}'))).toEqual([]);
  });
});

describe('Flux', () => {
  const kinds = definition('Kustomization', 'kustomize.toolkit.fluxcd.io') + definition('GitRepository', 'source.toolkit.fluxcd.io');
  const api = 'kustomize.toolkit.fluxcd.io/v1';
  const source = (status: string) => custom('source.toolkit.fluxcd.io/v1', 'GitRepository', 'fleet', `spec: {url: "https://git.example/fleet"}\n${status}`);

  it('walks dependsOn and sourceRef to the repository that cannot be read', async () => {
    const apps = custom(
      api,
      'Kustomization',
      'apps',
      `spec: {sourceRef: {kind: GitRepository, name: fleet}, dependsOn: [{name: infra}]}\n${failing('Ready', 'DependencyNotReady', "dependency 'shop/infra' is not ready")}`,
    );
    const infra = custom(
      api,
      'Kustomization',
      'infra',
      `spec: {sourceRef: {kind: GitRepository, name: fleet}}\n${failing('Ready', 'ArtifactFailed', 'Source artifact not found, retrying in 30s')}`,
    );
    expect(await on(kinds + apps + infra + source(failing('Ready', 'GitOperationFailed', 'authentication required')))).toEqual([
      'custom-resource-fault GitRepository fleet',
    ]);
  });

  it('is silent where somebody suspended it', async () => {
    expect(await on(kinds + custom(api, 'Kustomization', 'apps', `spec: {suspend: true}\n${failing('Ready', 'Failed', 'x')}`))).toEqual([]);
  });
});

describe('Crossplane', () => {
  it('walks from the claim over the composite to the managed resource', async () => {
    const kinds =
      definition('Store', 'shop.example') +
      definition('XStore', 'shop.example', 'v1', 'Cluster') +
      definition('Bucket', 's3.aws.example', 'v1', 'Cluster') +
      definition('ProviderConfig', 'aws.example', 'v1', 'Cluster');
    const claim = custom(
      'shop.example/v1',
      'Store',
      'media',
      `spec: {resourceRef: {apiVersion: shop.example/v1, kind: XStore, name: media-x}}\n${failing('Ready', 'Waiting', 'Composite resource claim is waiting for composite resource to become Ready')}`,
    );
    const composite = custom(
      'shop.example/v1',
      'XStore',
      'media-x',
      `spec: {claimRef: {apiVersion: shop.example/v1, kind: Store, namespace: shop, name: media}, resourceRefs: [{apiVersion: s3.aws.example/v1, kind: Bucket, name: media-b}]}\n${failing('Ready', 'Creating', 'Unready resources: bucket')}`,
      ', namespace: null',
    );
    const bucket = custom(
      's3.aws.example/v1',
      'Bucket',
      'media-b',
      `spec: {providerConfigRef: {name: prod}}\n${failing('Synced', 'ReconcileError', 'cannot get ProviderConfig: providerconfigs.aws.example "prod" not found')}`,
      ', namespace: null',
    );
    expect(await on(kinds + claim + composite + bucket)).toEqual(['custom-reference-missing ProviderConfig prod']);
  });
});

describe('External Secrets, KEDA and OLM', () => {
  it('names the store that an ExternalSecret refers to, not the Secret that it makes', async () => {
    const kinds = definition('ExternalSecret', 'external-secrets.io') + definition('SecretStore', 'external-secrets.io');
    const secret = custom(
      'external-secrets.io/v1',
      'ExternalSecret',
      'db',
      `spec: {secretStoreRef: {name: vault}, target: {name: db-credentials}}\n${failing('Ready', 'SecretSyncedError', 'could not get secret data from provider')}`,
    );
    expect(await on(kinds + secret)).toEqual(['custom-reference-missing SecretStore vault']);
  });

  it('tells of a ScaledObject without target, and of one that another autoscaler disputes', async () => {
    const kinds = definition('ScaledObject', 'keda.sh', 'v1alpha1');
    const scaled = (name: string, status: string) =>
      custom('keda.sh/v1alpha1', 'ScaledObject', 'web', `spec: {scaleTargetRef: {name: ${name}}, triggers: [{type: cron}]}\n${status}`);
    expect(
      await on(kinds + scaled('gone', failing('Ready', 'ScaledObjectCheckFailed', "ScaledObject doesn't have correct scaleTargetRef specification"))),
    ).toEqual(['custom-reference-missing Deployment gone']);
    const autoscaler = (owner = '') =>
      `\nkind: HorizontalPodAutoscaler\nmetadata: {name: web${owner}}\nspec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n---\n`;
    const idle = 'status: {conditions: [{type: Ready, status: "True"}, {type: Active, status: "False"}]}';
    const web = workloadYaml({ name: 'web' });
    expect(await on(kinds + web + scaled('web', idle) + autoscaler())).toEqual(['autoscaler-conflict ScaledObject web']);
    expect(
      await on(kinds + web + scaled('web', idle) + autoscaler(', ownerReferences: [{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: web}]')),
    ).toEqual([]);
  });

  it('tells of an operator that failed once, not in every namespace that shows it', async () => {
    const kinds = definition('ClusterServiceVersion', 'operators.coreos.com', 'v1alpha1');
    const version = (metadata = '') =>
      custom(
        'operators.coreos.com/v1alpha1',
        'ClusterServiceVersion',
        'db.v1',
        'status: {phase: Failed, reason: InstallCheckFailed, message: "install timeout"}',
        metadata,
      );
    expect(await on(kinds + version() + version(', namespace: other, labels: {olm.copiedFrom: shop}'))).toEqual([
      'custom-resource-fault ClusterServiceVersion db.v1',
    ]);
  });
});

describe('Prometheus operator', () => {
  const kinds = definition('ServiceMonitor', 'monitoring.coreos.com') + definition('Prometheus', 'monitoring.coreos.com');
  const service = '\nkind: Service\nmetadata: {name: web, labels: {app: web}}\nspec: {ports: [{name: http, port: 80}]}\n---\n';
  const monitor = (selector: string, port: string, labels = '{}') =>
    custom(
      'monitoring.coreos.com/v1',
      'ServiceMonitor',
      'web',
      `spec: {selector: {matchLabels: ${selector}}, endpoints: [{port: ${port}}]}`,
      `, labels: ${labels}`,
    );

  it.each([
    ['selects nothing', monitor('{app: webb}', 'http'), ['monitor-selects-nothing ServiceMonitor web']],
    ['names a port that is not there', monitor('{app: web}', 'metrics'), ['monitor-port-missing ServiceMonitor web']],
    ['fits', monitor('{app: web}', 'http'), []],
    [
      'lacks the label that Prometheus wants',
      custom('monitoring.coreos.com/v1', 'Prometheus', 'main', 'spec: {serviceMonitorSelector: {matchLabels: {release: main}}}') +
        monitor('{app: web}', 'http'),
      ['monitor-not-adopted ServiceMonitor web'],
    ],
    [
      'has it',
      custom('monitoring.coreos.com/v1', 'Prometheus', 'main', 'spec: {serviceMonitorSelector: {matchLabels: {release: main}}}') +
        monitor('{app: web}', 'http', '{release: main}'),
      [],
    ],
  ])('a monitor that %s', async (_name, yaml, expected) => {
    expect(await on(kinds + service + yaml)).toEqual(expected);
  });
});

describe('Argo Rollouts', () => {
  it('are as ill as their pods', async () => {
    const rollout = custom(
      'argoproj.io/v1alpha1',
      'Rollout',
      'web',
      'status: {phase: Degraded, message: "ProgressDeadlineExceeded: ReplicaSet \\"web-5f4d\\" has timed out progressing."}',
    );
    const [, ...rest] = workloadYaml({ name: 'web', status: crashLoopStatus(127) }).split('---');
    const owned = rest.join('---').replace('apiVersion: apps/v1, kind: Deployment, name: web', 'apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web');
    const found = await on(definition('Rollout', 'argoproj.io', 'v1alpha1') + rollout + owned);
    expect([found.length, found[0]]).toEqual([1, expect.stringContaining('Rollout web')]);
  });
});

describe('K8sGPT', () => {
  const kinds = definition('Result', 'core.k8sgpt.ai', 'v1alpha1');
  const result = (kind: string, name: string, text: string) =>
    custom(
      'core.k8sgpt.ai/v1alpha1',
      'Result',
      'shopweb',
      `spec: {backend: openai, kind: ${kind}, name: shop/${name}, parentObject: "", details: "Check the image.", error: [{text: ${JSON.stringify(text)}}]}`,
      ', namespace: k8sgpt',
    );

  it('joins what we found on the same object or its pods', async () => {
    const { incidents, coverage } = await runDiagnosis(
      kinds + workloadYaml({ name: 'web', status: crashLoopStatus(127) }) + result('Pod', 'web-5f4d-x1', 'back-off restarting failed container'),
    );
    expect(incidents.map(({ mechanism, cause, findings }) => [mechanism, cause.kind, findings.map(({ code }) => code)])).toEqual([
      ['container-exits', 'Deployment', expect.arrayContaining(['k8sgpt-result'])],
    ]);
    expect(incidents.map((incident) => toIssue(incident).sources)).toEqual([
      [
        { source: 'quarterdeck', object: null, text: null },
        { source: 'k8sgpt', object: expect.objectContaining({ kind: 'Result', namespace: 'k8sgpt' }), text: 'back-off restarting failed container' },
      ],
    ]);
    expect(coverage.sources).toEqual([{ source: 'k8sgpt', state: 'read', text: '1 Result of the K8sGPT operator were read.' }]);
  });

  it('stands alone with low confidence where we see nothing, and is silent about what is gone', async () => {
    const { incidents } = await runDiagnosis(
      kinds + workloadYaml({ name: 'web' }) + result('Deployment', 'web', 'Deployment shop/web has 2 replicas but 1 are available'),
    );
    expect(incidents.map((incident) => [incident.mechanism, incident.confidence, incident.severity, toIssue(incident).sources?.length])).toEqual([
      ['k8sgpt-reported', 'possible', 'low', 1],
    ]);
    expect(await on(kinds + result('Pod', 'gone', 'x'))).toEqual([]);
  });

  it('is said to be absent, which is no gap', async () => {
    const { coverage } = await runDiagnosis('');
    expect([coverage.skipped, coverage.sources?.[0]?.state]).toEqual([[], 'absent']);
  });
});
