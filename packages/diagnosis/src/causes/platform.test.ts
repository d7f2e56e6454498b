import { describe, expect, it } from 'vitest';
import { checkCommandLine } from '../plans/guardrails.ts';
import { planFor } from '../plans/planner.ts';
import { type DiagnosisOptions, runDiagnosis } from '../testing/index.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';

const service = (name: string, spec: string) => `
---
kind: Service
metadata: {name: ${name}}
spec: ${spec}
---
`;
const healthy = workloadYaml({ name: 'web' }) + service('web', '{clusterIP: 10.96.0.9, selector: {app: web}, ports: [{port: 80, targetPort: 80}]}');
const calling = (url: string) => `image: x:1\nenv: [{name: API_URL, value: "${url}"}]`;
const caller = (url: string) => workloadYaml({ name: 'shop', container: calling(url) });
const logOf = (line: string, pod = 'shop-5f4d-x1') => ({ [`${pod}/app`]: [line, line, line, line] });

async function diagnosed(fixture: string, options: DiagnosisOptions = {}) {
  const { incidents, view } = await runDiagnosis(healthy + fixture, options);
  const plans = incidents.map((incident) => planFor(incident, view, { userContext: 'my own words', horizon: 'long' }));
  const lines = plans.flatMap(({ quickFix }) => quickFix.steps.flatMap(({ kubectl }) => kubectl ?? []));
  for (const line of lines) expect(checkCommandLine(line), line).toMatchObject({ allowed: true });
  for (const { quickFix } of plans) {
    expect(quickFix.assumptions).toContain('You said: my own words');
    expect(quickFix.steps.map(({ stepId }) => stepId)).toEqual(quickFix.steps.map((_, index) => `s${index + 1}`));
  }
  const named = incidents.map(({ mechanism, cause, severity }) => `${severity} ${mechanism} ${cause.kind}/${cause.name}`);
  return { named, sentence: incidents[0]?.sentence ?? '', affected: incidents.flatMap(({ affected }) => affected.map(({ name }) => name)), plans, lines };
}

describe('a call that leads nowhere', () => {
  const backend = workloadYaml({ name: 'api', container: 'image: x:1\nports: [{containerPort: 8080}]' });
  const offered = (port = 8080, target = 8080) =>
    backend + service('api', `{clusterIP: 10.96.0.7, selector: {app: api}, ports: [{port: ${port}, targetPort: ${target}}]}`);
  const timeout = 'ERROR calling http://api:9090/: <urlopen error timed out>';
  const refused = 'ERROR calling http://api/: <urlopen error [Errno 111] Connection refused>';

  it('names the caller that uses a port the Service does not offer, and mends the text', async () => {
    const { named, lines, sentence } = await diagnosed(offered() + caller('http://api:9090/v1'), { evidence: { logs: logOf(timeout) } });
    expect(named).toEqual(['medium called-port-missing Deployment/shop']);
    expect(sentence).toContain('port 9090');
    expect(lines.join()).toContain('http://api:8080/v1');
  });

  it('names the Service where two callers agree on the port', async () => {
    const second = workloadYaml({ name: 'cart', container: calling('http://api:9090') });
    const { named } = await diagnosed(offered() + caller('http://api:9090/v1') + second, { evidence: { logs: logOf(timeout) } });
    expect(named).toEqual(['medium called-port-missing Service/api']);
  });

  it('takes the port that the scheme stands for', async () => {
    const { named } = await diagnosed(offered() + caller('http://api/'), { evidence: { logs: logOf(refused) } });
    expect(named).toEqual(['medium called-port-missing Deployment/shop']);
  });

  it.each([
    [
      'the setting that keeps the program on the loopback address',
      'env: [{name: BIND, value: "127.0.0.1:8080"}]',
      [],
      'program-listens-elsewhere Deployment/api',
      '0.0.0.0:8080',
    ],
    ['the program whose log says another port', '', ['Listening on 0.0.0.0:9000'], 'program-listens-elsewhere Deployment/api', 'describe deployment api'],
  ])('names %s', async (_what, extra, log, expected, plan) => {
    const server = workloadYaml({ name: 'api', container: `image: x:1\nports: [{containerPort: 8080}]\n${extra}` });
    const fixture = server + service('api', '{clusterIP: 10.96.0.7, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}') + caller('http://api/');
    const { named, lines } = await diagnosed(fixture, { evidence: { logs: { ...logOf(refused), 'api-5f4d-x1/app': log } } });
    expect(named).toEqual([`medium ${expected}`]);
    expect(lines.join()).toContain(plan);
  });

  it('sends the Service to the port that the log of the program names, and keeps the program as a rival', async () => {
    const fixture =
      workloadYaml({ name: 'api' }) +
      service('api', '{clusterIP: 10.96.0.7, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}') +
      caller('http://api/');
    const logs = { ...logOf(refused), 'api-5f4d-x1/app': ['Serving HTTP on 0.0.0.0 port 9000 (http://0.0.0.0:9000/) ...'] };
    const { named, lines, plans } = await diagnosed(fixture, { evidence: { logs } });
    expect(named).toEqual(['medium service-target-port Service/api']);
    expect(lines.join()).toContain('"value":9000');
    expect(plans[0]?.rootCauseHypotheses.join()).toContain('Otherwise: Deployment shop is refused at port 8080 of Deployment api');
  });

  it.each([
    [
      'an alias of a Service that is missing',
      '{type: ExternalName, externalName: payments.shop.svc.cluster.local}',
      '<urlopen error [Errno -2] Name or service not known>',
      'external-name-unresolved',
    ],
    ['a Service without a selector', '{clusterIP: 10.96.0.8, ports: [{port: 80}]}', '<urlopen error timed out>', 'service-without-selector'],
  ])('names %s', async (_what, spec, error, mechanism) => {
    const { named } = await diagnosed(service('pay', spec) + caller('http://pay/'), { evidence: { logs: logOf(`ERROR calling http://pay/: ${error}`) } });
    expect(named).toEqual([`medium ${mechanism} Service/pay`]);
  });

  it('says nothing of aliases and hand-made endpoints that answer', async () => {
    const quiet = service('pay', '{type: ExternalName, externalName: pay.example.com}') + service('old', '{clusterIP: 10.96.0.8, ports: [{port: 80}]}');
    expect((await diagnosed(quiet + caller('http://pay/'), { evidence: { logs: logOf('ok') } })).named).toEqual([]);
  });
});

describe('a StatefulSet whose governing Service is missing', () => {
  const set = `
---
kind: StatefulSet
metadata: {name: db}
spec: {serviceName: db-headless, replicas: 1, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: app, image: "x:1"}]}}}
status: {replicas: 1, readyReplicas: 1}
---
kind: Pod
metadata: {name: db-0, labels: {app: db}, ownerReferences: [{kind: StatefulSet, name: db}]}
spec: {nodeName: node-1, containers: [{name: app, image: "x:1"}]}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---
`;
  const other = service('db', '{clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}');

  it('names the set where another Service selects its pods, with the caller that looks one up', async () => {
    const logs = logOf("nc: bad address 'db-0.db-headless'");
    const { named, affected } = await diagnosed(set + other + caller('tcp://db-0.db-headless:5432'), { evidence: { logs } });
    expect(named).toEqual(['medium governing-service-missing StatefulSet/db']);
    expect(affected).toContain('shop');
  });

  it('names the missing Service, mildly, where nothing resembles it', async () => {
    expect((await diagnosed(set)).named).toEqual(['low governing-service-missing Service/db-headless']);
  });
});

it('takes the nearest of two labels that are almost what a Service selects', async () => {
  const { named, lines } = await diagnosed(
    workloadYaml({ name: 'frontend' }) +
      workloadYaml({ name: 'frontends' }) +
      service('edge', '{clusterIP: 10.96.0.4, selector: {app: frontnd}, ports: [{port: 80}]}'),
  );
  expect(named).toEqual(['high service-selector-mismatch Service/edge']);
  expect(lines.join()).toContain('"app":"frontend"');
});

describe('budgets', () => {
  const budget = (name: string, label: string, created: string) => `
---
kind: PodDisruptionBudget
metadata: {name: ${name}, creationTimestamp: "${created}"}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: ${label}}}}
status: {disruptionsAllowed: 1, currentHealthy: 1, desiredHealthy: 0, expectedPods: 1}
`;
  it('names the one that misspells its label, and is mild where nothing resembles it', async () => {
    expect((await diagnosed(budget('web', 'wep', '2026-05-04T10:00:00Z'))).named).toEqual(['medium disruption-budget-matches-nothing PodDisruptionBudget/web']);
    expect((await diagnosed(budget('other', 'something', '2026-05-04T10:00:00Z'))).named).toEqual([
      'low disruption-budget-matches-nothing PodDisruptionBudget/other',
    ]);
  });

  it('names the younger of two that guard the same pods', async () => {
    const { named, affected } = await diagnosed(budget('first', 'web', '2026-05-04T10:00:00Z') + budget('second', 'web', '2026-05-04T11:00:00Z'));
    expect(named).toEqual(['medium disruption-budgets-overlap PodDisruptionBudget/second']);
    expect(affected).toEqual(['web', 'first']);
  });
});

describe('ingresses', () => {
  const ingress = (name: string, backend: string, extra = '', created = '2026-05-04T10:00:00Z') => `
---
kind: Ingress
metadata: {name: ${name}, creationTimestamp: "${created}"${extra.startsWith('annotations') ? `, ${extra}` : ''}}
spec: {ingressClassName: nginx${extra.startsWith('tls') ? `, ${extra}` : ''}, rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${backend}, port: {number: 80}}}}]}}]}
`;
  const base = `---\nkind: IngressClass\nmetadata: {name: nginx}\n---\n${workloadYaml({ name: 'next' })}${service('next', '{clusterIP: 10.96.0.6, selector: {app: next}, ports: [{port: 80}]}')}`;
  const tls = 'tls: [{hosts: [shop.example], secretName: cert}]';
  const certificate = (names: string[]) => ({
    certificates: {
      cert: { subject: 'CN=other', issuer: 'CN=ca', notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z', names, keyMatches: true },
    },
  });
  const secret = (type: string) => `---\nkind: Secret\ntype: ${type}\nmetadata: {name: cert}\n`;

  it('names the younger of two with the same host and path, but no canary', async () => {
    expect((await diagnosed(base + ingress('first', 'web') + ingress('second', 'next', '', '2026-05-04T11:00:00Z'))).named).toEqual([
      'medium ingress-conflict Ingress/second',
    ]);
    const canary = ingress('second', 'next', 'annotations: {nginx.ingress.kubernetes.io/canary: "true"}', '2026-05-04T11:00:00Z');
    expect((await diagnosed(base + ingress('first', 'web') + canary)).named).toEqual([]);
  });

  it('names the Secret whose certificate is for another host, and takes wildcards', async () => {
    const fixture = base + ingress('first', 'web', tls) + secret('kubernetes.io/tls');
    expect((await diagnosed(fixture, { evidence: certificate(['pay.example']) })).named).toEqual(['medium certificate-host-mismatch Secret/cert']);
    expect((await diagnosed(fixture, { evidence: certificate(['*.example']) })).named).toEqual([]);
  });

  it('names the Secret without a certificate', async () => {
    const secretShapes = { cert: { type: 'Opaque', keys: { cert: { length: 1, fingerprint: 'a', decodedFingerprint: null, trimmedFingerprint: 'a' } } } };
    const { named } = await diagnosed(base + ingress('first', 'web', tls) + secret('Opaque'), { evidence: { secretShapes } });
    expect(named).toEqual(['medium tls-secret-unusable Secret/cert']);
  });
});

describe('rights and claims', () => {
  it('names the pod template that switches the token off', async () => {
    const line = "FileNotFoundError: [Errno 2] No such file or directory: '/var/run/secrets/kubernetes.io/serviceaccount/token'";
    const pod = workloadYaml({ name: 'sync', podSpec: 'automountServiceAccountToken: false', status: crashLoopStatus(1) });
    const { named, lines } = await diagnosed(pod, { evidence: { logs: { 'sync-5f4d-x1/app (previous)': [line] } } });
    expect(named).toEqual(['high service-account-token-not-mounted Deployment/sync']);
    expect(lines.join()).toContain('automountServiceAccountToken');
  });

  it('makes one incident of a refusal and the binding that causes it', async () => {
    const line = 'pods is forbidden: User "system:serviceaccount:shop:sync" cannot list resource "pods" in API group "" in the namespace "shop"';
    const rights = `
---
kind: ServiceAccount
metadata: {name: sync}
---
kind: Role
metadata: {name: sync}
rules: [{apiGroups: [""], resources: [pods], verbs: [list]}]
---
kind: RoleBinding
metadata: {name: sync}
roleRef: {kind: Role, name: sync, apiGroup: rbac.authorization.k8s.io}
subjects: [{kind: ServiceAccount, name: snyc, namespace: shop}]
`;
    const pod = workloadYaml({ name: 'sync', podSpec: 'serviceAccountName: sync' });
    const { named } = await diagnosed(pod + rights, { evidence: { logs: logOf(line, 'sync-5f4d-x1') } });
    expect(named).toEqual(['medium binding-subject-wrong RoleBinding/sync']);
  });

  const claim = (mode: string, storageClass: string, phase: string) => `
---
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [${mode}], storageClassName: ${storageClass}, resources: {requests: {storage: 1Gi}}}
status: {phase: ${phase}}
`;
  const mounts = 'volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]';

  it('names the workload whose replicas share a claim for one pod', async () => {
    const message =
      '0/1 nodes are available: 1 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod.';
    const pending = `phase: Pending\nconditions: [{type: PodScheduled, status: "False", reason: Unschedulable, lastTransitionTime: "2026-05-04T11:00:00Z", message: '${message}'}]`;
    const waiting = workloadYaml({ name: 'writer', podSpec: mounts, status: pending, nodeName: null });
    const { named, sentence } = await diagnosed(workloadYaml({ name: 'db', podSpec: mounts }) + waiting + claim('ReadWriteOncePod', 'fast', 'Bound'));
    expect(named).toEqual(['high claim-in-use Deployment/writer']);
    expect(sentence).toContain('Pod db-5f4d-x1 has it');
  });

  it('names the class whose provisioner never answered', async () => {
    const storageClass = '---\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: csi.example.com\n---\n';
    const event = podEventYaml('x', 'ExternalProvisioning', 'Waiting for a volume to be created').replace(
      /involvedObject: .*/,
      'involvedObject: {apiVersion: v1, kind: PersistentVolumeClaim, namespace: shop, name: data}',
    );
    const { named } = await diagnosed(claim('ReadWriteOnce', 'fast', 'Pending') + storageClass + event);
    expect(named).toEqual(['medium provisioner-fails StorageClass/fast']);
  });
});

describe('webhooks', () => {
  const configuration = (port: number, policy = 'Fail') => `
---
kind: ValidatingWebhookConfiguration
metadata: {name: guard}
webhooks: [{name: guard.example.com, failurePolicy: ${policy}, clientConfig: {service: {name: guard, namespace: shop, port: ${port}}}, rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}]
---
`;
  const guard = service('guard', '{clusterIP: 10.96.0.5, selector: {app: guard}, ports: [{port: 443}]}');

  it('names the configuration that calls a port the Service does not offer', async () => {
    expect((await diagnosed(configuration(8443) + guard + workloadYaml({ name: 'guard' }))).named).toEqual([
      'high webhook-port-missing ValidatingWebhookConfiguration/guard',
    ]);
  });

  it('names the backend that is scaled to zero, unless nobody has to wait for it', async () => {
    const zero =
      workloadYaml({ name: 'guard' })
        .split('---')[0]
        ?.replace('replicas: 1', 'replicas: 0')
        .replace('status: {observedGeneration: 1, replicas: 1, readyReplicas: 1}', '') ?? '';
    expect((await diagnosed(configuration(443) + guard + zero)).named).toEqual(['high backend-scaled-to-zero Deployment/guard']);
    expect((await diagnosed(configuration(443, 'Ignore') + guard + zero)).named).toEqual(['low webhook-unavailable ValidatingWebhookConfiguration/guard']);
  });

  it('makes one incident of a webhook and the Service that was left behind with it', async () => {
    expect((await diagnosed(configuration(443) + guard)).named).toEqual(['high webhook-unavailable ValidatingWebhookConfiguration/guard']);
  });
});

describe('autoscalers', () => {
  const autoscaler = (current: number) => `
---
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 1, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}
status: {currentReplicas: 1, currentMetrics: [{type: Resource, resource: {name: cpu, current: {averageUtilization: ${current}}}}], conditions: [{type: ScalingLimited, status: "True", reason: TooManyReplicas, lastTransitionTime: "2026-05-04T11:30:00Z", message: limited}]}
`;
  it('tells an overload at the maximum from merely being there', async () => {
    expect((await diagnosed(autoscaler(200))).named).toEqual(['medium hpa-overloaded HorizontalPodAutoscaler/web']);
    expect((await diagnosed(autoscaler(51))).named).toEqual(['low hpa-at-maximum HorizontalPodAutoscaler/web']);
  });
});

it('names the RuntimeClass that a refusal says is missing', async () => {
  const status = unreadyStatus('{}');
  const [deployment = '', set = ''] = workloadYaml({ name: 'box', status }).split('---');
  const refused = set.replace(
    /status: .*/,
    `status: {replicas: 0, conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate, message: 'pods "box-" is forbidden: pod rejected: RuntimeClass "gvisor" not found'}]}`,
  );
  expect((await diagnosed(`${deployment}---${refused}`)).named).toEqual(['high runtime-class-missing RuntimeClass/gvisor']);
});
