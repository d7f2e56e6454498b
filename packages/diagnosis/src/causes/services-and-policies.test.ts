import { describe, expect, it } from 'vitest';
import { checkCommandLine } from '../plans/guardrails.ts';
import { planFor } from '../plans/planner.ts';
import { type DiagnosisOptions, runDiagnosis } from '../testing/index.ts';

/** A workload that is well; everything in these fixtures has it as a neighbour that must never be named. */
function workload(name: string, more: { labels?: string; spec?: string; ready?: boolean; replicas?: number } = {}): string {
  const { labels = `app: ${name}`, spec = '{containers: [{name: app, image: "x:1"}]}', ready = true, replicas = 1 } = more;
  const status = `{phase: Running, podIP: 10.0.0.9, conditions: [{type: Ready, status: "${ready ? 'True' : 'False'}"}], containerStatuses: [{name: app, ready: ${ready}, restartCount: 0, image: "x:1", imageID: "", state: {running: {startedAt: "2026-05-04T11:00:00Z"}}}]}`;
  const pod = `
---
kind: ReplicaSet
metadata: {name: ${name}-1, ownerReferences: [{kind: Deployment, name: ${name}}]}
spec: {replicas: ${replicas}, selector: {matchLabels: {${labels}}}}
status: {replicas: ${replicas}}
---
kind: Pod
metadata: {name: ${name}-1-a, labels: {${labels}}, ownerReferences: [{kind: ReplicaSet, name: ${name}-1}]}
spec: ${spec}
status: ${status}`;
  return `
---
kind: Deployment
metadata: {name: ${name}}
spec: {replicas: ${replicas}, selector: {matchLabels: {${labels}}}, template: {metadata: {labels: {${labels}}}, spec: ${spec}}}
status: {replicas: ${replicas}, readyReplicas: ${ready ? replicas : 0}, availableReplicas: ${ready ? replicas : 0}, updatedReplicas: ${replicas}}${replicas === 0 ? '' : pod}`;
}

const neighbour = `${workload('web')}
---
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
kind: ServiceAccount
metadata: {name: unused}
---
kind: Namespace
metadata: {name: shop}
---
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
status: {disruptionsAllowed: 1, currentHealthy: 1, desiredHealthy: 0, expectedPods: 1}`;

async function diagnosed(fixture: string, options: DiagnosisOptions = {}) {
  const { incidents, view, coverage } = await runDiagnosis(neighbour + fixture, options);
  const named = incidents.map(({ mechanism, cause, causeExists, severity, sentence }) => ({
    mechanism,
    cause: `${cause.kind}/${cause.name}`,
    causeExists,
    severity,
    sentence,
  }));
  const plans = incidents.map((incident) => planFor(incident, view, { userContext: '', horizon: 'long' }));
  const lines = plans.flatMap(({ quickFix }) => quickFix.steps.flatMap(({ kubectl }) => kubectl ?? []));
  for (const line of lines) {
    expect(checkCommandLine(line), line).toMatchObject({ allowed: true });
    expect(plans.map(({ quickFix }) => quickFix.fallback).join()).not.toContain('left out of the steps');
  }
  return { incidents, named, plans, lines, coverage };
}

/** Only one incident, about this object and mechanism, with these words. */
async function expectOne(fixture: string, mechanism: string, cause: string, words: string[], options: DiagnosisOptions = {}) {
  const result = await diagnosed(fixture, options);
  expect(result.named.map(({ mechanism: how, cause: who }) => `${how} ${who}`)).toEqual([`${mechanism} ${cause}`]);
  for (const word of words) expect(result.named[0]?.sentence).toContain(word);
  return result;
}

const refused = (workloadName: string, message: string) => `${workload(workloadName, { replicas: 0 }).replace('replicas: 0,', 'replicas: 2,')}
---
kind: ReplicaSet
metadata: {name: ${workloadName}-1, ownerReferences: [{kind: Deployment, name: ${workloadName}}]}
spec: {replicas: 2, selector: {matchLabels: {app: ${workloadName}}}}
status: {replicas: 0, conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate, lastTransitionTime: "2026-05-04T11:50:00Z", message: '${message}'}]}`;

describe('services', () => {
  it('names the Service whose selector is misspelt and patches it to what the pods carry', async () => {
    const service = '\n---\nkind: Service\nmetadata: {name: catalog}\nspec: {selector: {app: catalogue}, ports: [{port: 80}]}';
    const { lines } = await expectOne(workload('catalog') + service, 'service-selector-mismatch', 'Service/catalog', ['app=catalogue', 'app=catalog']);
    expect(lines[0]).toBe(`kubectl patch service catalog --type=merge -p '{"spec":{"selector":{"app":"catalog"}}}' -n shop`);
  });

  it('takes away a label that the pods do not have', async () => {
    const service = '\n---\nkind: Service\nmetadata: {name: search}\nspec: {selector: {app: search, track: stable}, ports: [{port: 80}]}';
    const { lines } = await expectOne(workload('search') + service, 'service-selector-mismatch', 'Service/search', ['no label track']);
    expect(lines[0]).toContain('{"spec":{"selector":{"track":null}}}');
  });

  it('is silent about Services without selector, ExternalName, scaled to zero without callers, and Jobs', async () => {
    const { named } = await diagnosed(`${workload('campaign', { replicas: 0 })}
---
kind: Service
metadata: {name: campaign}
spec: {selector: {app: campaign}, ports: [{port: 80}]}
---
kind: Service
metadata: {name: manual}
spec: {ports: [{port: 80}]}
---
kind: Service
metadata: {name: outside}
spec: {type: ExternalName, externalName: example.test}
---
kind: CronJob
metadata: {name: report}
spec: {schedule: "0 6 1 * *", jobTemplate: {spec: {template: {metadata: {labels: {app: report}}, spec: {containers: [{name: app, image: "x:1"}]}}}}}
---
kind: Service
metadata: {name: report}
spec: {selector: {app: report}, ports: [{port: 80}]}`);
    expect(named).toEqual([]);
  });

  const served = '{containers: [{name: app, image: "x:1", ports: [{containerPort: 8000, name: http}], readinessProbe: {httpGet: {path: /, port: http}}}]}';
  it.each([
    ['8080', '8000'],
    ['web', '"http"'],
  ])('names the Service whose targetPort %s no pod serves', async (targetPort, right) => {
    const service = `\n---\nkind: Service\nmetadata: {name: accounts}\nspec: {selector: {app: accounts}, ports: [{port: 80, targetPort: ${targetPort}}]}`;
    const { lines } = await expectOne(workload('accounts', { spec: served }) + service, 'service-target-port', 'Service/accounts', [targetPort, '8000']);
    expect(lines[0]).toContain(`"path":"/spec/ports/0/targetPort","value":${right}`);
  });

  it('takes an undeclared port for legal where the declared one is addressed as well', async () => {
    const service =
      '\n---\nkind: Service\nmetadata: {name: accounts}\nspec: {selector: {app: accounts}, ports: [{port: 80, targetPort: 8000, name: a}, {port: 9090, name: b}]}';
    expect((await diagnosed(workload('accounts', { spec: served }) + service)).named).toEqual([]);
  });
});

describe('ingresses', () => {
  const ingress = (spec: string) => `\n---\nkind: Ingress\nmetadata: {name: shop}\nspec: {${spec}}`;
  const rules = (backend: string) => `rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: ${backend}}}]}}]`;

  it('names the Ingress whose class does not exist and offers the only one there is', async () => {
    const fixture = `${ingress(`ingressClassName: nginx-internal, ${rules('{name: web, port: {number: 80}}')}`)}\n---\nkind: IngressClass\nmetadata: {name: nginx}`;
    const { lines } = await expectOne(fixture, 'ingress-class-missing', 'Ingress/shop', ['nginx-internal', 'nginx']);
    expect(lines[0]).toContain('"path":"/spec/ingressClassName","value":"nginx"');
  });

  it('names the missing Service, the Ingress where one is nearly named so, and the Ingress for a port', async () => {
    const nginx = '\n---\nkind: IngressClass\nmetadata: {name: nginx}';
    const routed = (backend: string) => ingress(`ingressClassName: nginx, ${rules(backend)}`) + nginx;
    await expectOne(routed('{name: checkout, port: {number: 80}}'), 'ingress-backend-missing', 'Service/checkout', ['checkout', '503']);
    const near = await expectOne(routed('{name: webb, port: {number: 80}}'), 'ingress-backend-missing', 'Ingress/shop', ['webb', 'Service web']);
    expect(near.lines[0]).toContain('"path":"/spec/rules/0/http/paths/0/backend/service/name","value":"web"');
    const port = await expectOne(routed('{name: web, port: {number: 8080}}'), 'ingress-port-mismatch', 'Ingress/shop', ['8080', '80']);
    expect(port.lines[0]).toContain('{"number":80}');
    expect((await diagnosed(routed('{name: web, port: {number: 80}}'))).named).toEqual([]);
  });

  it('does not take a forbidden kind for a missing object', async () => {
    const { named } = await diagnosed(ingress(`ingressClassName: nginx, ${rules('{name: web, port: {number: 80}}')}`), {
      coverage: { IngressClass: 'forbidden' },
    });
    expect(named).toEqual([]);
  });
});

describe('pods that cannot be created', () => {
  it('names the quota with the number that would do, and only decides', async () => {
    const quota = '\n---\nkind: ResourceQuota\nmetadata: {name: team}\nspec: {hard: {requests.cpu: 30m}}';
    const message = 'pods "api-1-x" is forbidden: exceeded quota: team, requested: requests.cpu=20m, used: requests.cpu=20m, limited: requests.cpu=30m';
    const { plans } = await expectOne(refused('api', message) + quota, 'quota-exceeded', 'ResourceQuota/team', ['requests.cpu 30m', '60m', 'Deployment api']);
    expect(plans[0]?.quickFix.fallback).toContain('"requests.cpu":"60m"');
  });

  it('names and creates the missing ServiceAccount, or corrects a misspelt one', async () => {
    const message = 'pods "api-1-" is forbidden: error looking up service account shop/exporter: serviceaccount "exporter" not found';
    const { lines } = await expectOne(refused('api', message.replaceAll("'", '')), 'service-account-missing', 'ServiceAccount/exporter', [
      'exporter',
      'does not exist',
    ]);
    expect(lines[0]).toBe('kubectl create serviceaccount exporter -n shop');
    const near = '\n---\nkind: ServiceAccount\nmetadata: {name: exporters}';
    const misspelt = await expectOne(refused('api', message) + near, 'service-account-missing', 'Deployment/api', ['exporters']);
    expect(misspelt.lines[0]).toContain('"path":"/spec/template/spec/serviceAccountName","value":"exporters"');
  });

  it('names the webhook whose Service is gone, never the workload that it stops', async () => {
    const webhook = `
---
kind: ValidatingWebhookConfiguration
metadata: {name: gate}
webhooks: [{name: pods.gate.test, failurePolicy: Fail, sideEffects: None, admissionReviewVersions: [v1], rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}], clientConfig: {service: {namespace: shop, name: policy-gate}}}]`;
    const message =
      'Internal error occurred: failed calling webhook "pods.gate.test": failed to call webhook: Post "https://policy-gate.shop.svc:443": service "policy-gate" not found';
    await expectOne(refused('api', message) + webhook, 'webhook-backend-missing', 'ValidatingWebhookConfiguration/gate', [
      'policy-gate',
      'does not exist',
      'Fail',
    ]);
  });

  it('names the workload that breaks Pod Security and sets what the profile asks for', async () => {
    const message =
      'pods "api-1-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false), runAsNonRoot != true (pod or container "app" must set securityContext.runAsNonRoot=true)';
    const { lines } = await expectOne(refused('api', message), 'pod-security-refuses', 'Deployment/api', ['restricted', 'runAsNonRoot']);
    expect(lines[0]).toContain('"runAsNonRoot":true');
    const host = await expectOne(
      refused('api', 'pods "x" is forbidden: violates PodSecurity "baseline:latest": hostPath volumes (volume "d")'),
      'pod-security-refuses',
      'Deployment/api',
      ['hostPath'],
    );
    expect(host.plans[0]?.quickFix.steps.every(({ impact }) => impact === 'none')).toBe(true);
  });

  it('names the LimitRange, but the workload where another fits it', async () => {
    const range = '\n---\nkind: LimitRange\nmetadata: {name: bounds, creationTimestamp: "TIME"}\nspec: {limits: [{type: Container, max: {memory: 64Mi}}]}';
    const message = 'pods "api-1-x" is forbidden: maximum memory usage per Container is 64Mi, but limit is 128Mi';
    await expectOne(refused('api', message) + range.replace('TIME', '2026-05-04T11:59:00Z'), 'limit-range-refuses', 'LimitRange/bounds', ['64Mi', '128Mi']);
    await expectOne(refused('api', message) + range.replace('TIME', '2026-05-01T00:00:00Z'), 'limit-range-refuses', 'Deployment/api', ['64Mi']);
  });
});

describe('storage', () => {
  const claim = (spec: string) =>
    `\n---\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}, ${spec}}\nstatus: {phase: Pending}`;
  const classes =
    '\n---\nkind: StorageClass\nmetadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}\nprovisioner: example.test/disk\nvolumeBindingMode: WaitForFirstConsumer';

  it('names the claim whose class does not exist and proposes the default as a decision', async () => {
    const { plans } = await expectOne(claim('storageClassName: premium') + classes, 'storage-class-missing', 'PersistentVolumeClaim/data', [
      'premium',
      'standard',
    ]);
    expect(plans[0]?.quickFix.fallback).toContain('kubectl delete persistentvolumeclaim data -n shop');
    expect(plans[0]?.quickFix.steps.every(({ impact }) => impact === 'none')).toBe(true);
  });

  it('says why the nearest volume does not fit', async () => {
    const volume =
      '\n---\nkind: PersistentVolume\nmetadata: {name: small}\nspec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: manual}\nstatus: {phase: Available}';
    await expectOne(claim('storageClassName: manual') + volume, 'no-volume-fits', 'PersistentVolumeClaim/data', ['5Gi', 'small', '1Gi']);
  });

  it('waits for the first consumer without a word', async () => {
    expect((await diagnosed(claim('storageClassName: standard') + classes)).named).toEqual([]);
  });
});

describe('budgets, finalizers, certificates, autoscalers', () => {
  const node = '\n---\nkind: Node\nmetadata: {name: a}\nstatus: {allocatable: {cpu: "4", memory: 8Gi}, conditions: [{type: Ready, status: "True"}]}';
  const budget = (value: string, status: string) =>
    `\n---\nkind: PodDisruptionBudget\nmetadata: {name: session}\nspec: {${value}, selector: {matchLabels: {app: session}}}\nstatus: {${status}}`;

  it('names a budget that allows nothing and adds a replica; one that is just at work is silent', async () => {
    const blocked = budget('minAvailable: 1', 'disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1');
    const { lines } = await expectOne(workload('session') + blocked + node, 'disruption-budget-allows-nothing', 'PodDisruptionBudget/session', [
      'minAvailable 1',
      'drain',
    ]);
    expect(lines[0]).toBe('kubectl scale deployment/session --replicas=2 -n shop');
    const zero = await expectOne(
      workload('session') + budget('maxUnavailable: 0', 'disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1') + node,
      'disruption-budget-allows-nothing',
      'PodDisruptionBudget/session',
      ['maxUnavailable 0'],
    );
    expect(zero.lines[0]).toContain('kubectl get');
    const rollout = budget('minAvailable: 1', 'disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 2');
    expect((await diagnosed(workload('session') + rollout)).named).toEqual([]);
  });

  it('names the object whose finalizer holds a namespace, and leaves removing it to a person', async () => {
    const fixture = `
---
kind: Namespace
metadata: {name: old, deletionTimestamp: "2026-05-04T11:50:00Z"}
status: {phase: Terminating, conditions: [{type: NamespaceFinalizersRemaining, status: "True", message: "Some content in the namespace has finalizers remaining: backup.example.test/hold in 1 resource instances"}]}
---
kind: ConfigMap
metadata: {name: ledger, namespace: old, deletionTimestamp: "2026-05-04T11:50:00Z", finalizers: [backup.example.test/hold]}`;
    const { plans } = await expectOne(fixture, 'finalizer-holds', 'ConfigMap/ledger', ['backup.example.test/hold', 'finalizer']);
    expect(plans[0]?.quickFix.fallback).toContain('/metadata/finalizers');
    const soon = fixture.replaceAll('11:50:00', '11:59:55');
    expect((await diagnosed(soon)).named).toEqual([]);
  });

  it('names the Secret with the expired certificate when something mounts it', async () => {
    const spec = '{containers: [{name: app, image: "x:1"}], volumes: [{name: tls, secret: {secretName: edge-tls}}]}';
    const secret = '\n---\nkind: Secret\nmetadata: {name: edge-tls}\ntype: kubernetes.io/tls';
    const certificate = {
      subject: 'CN=edge',
      issuer: 'CN=edge',
      notBefore: '2024-03-01T00:00:00.000Z',
      notAfter: '2025-03-01T00:00:00.000Z',
      names: ['edge'],
      keyMatches: true,
    };
    const evidence = { certificates: { 'edge-tls': certificate } };
    await expectOne(workload('edge', { spec }) + secret, 'certificate-expired', 'Secret/edge-tls', ['edge-tls', '2025-03-01'], { evidence });
    expect((await diagnosed(workload('edge') + secret, { evidence })).named).toEqual([]);
  });

  it('names the autoscaler without a target and the workload without a request', async () => {
    const hpa = (name: string, status: string) => `
---
kind: HorizontalPodAutoscaler
metadata: {name: scale}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}, maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}
status: {conditions: [${status}]}`;
    const { lines } = await expectOne(hpa('wed', ''), 'hpa-target-missing', 'HorizontalPodAutoscaler/scale', ['wed', 'web']);
    expect(lines[0]).toContain('"/spec/scaleTargetRef/name","value":"web"');
    const failing =
      '{type: ScalingActive, status: "False", reason: FailedGetResourceMetric, lastTransitionTime: "2026-05-04T11:00:00Z", message: "missing request for cpu in container app of Pod web-1-a"}';
    await expectOne(hpa('web', failing), 'hpa-request-missing', 'Deployment/web', ['no cpu request', 'app']);
  });
});
