import { describe, expect, it } from 'vitest';
import { planFor } from '../plans/planner.ts';
import { ago, type DiagnosisOptions, runDiagnosis } from '../testing/index.ts';
import { podEventYaml, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';

async function diagnosed(yaml: string, options: DiagnosisOptions = {}) {
  const { incidents, view } = await runDiagnosis(yaml, options);
  const plans = incidents.map((incident) => planFor(incident, view, { userContext: '', horizon: 'short' }));
  return { named: incidents.map(({ mechanism, cause }) => `${mechanism} ${cause.kind}/${cause.name}`), sentence: incidents[0]?.sentence ?? '', plans };
}

describe('an aggregated API that does not answer', () => {
  const api = (reason: string, message: string, at = ago(600)) => `
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec: {group: metrics.k8s.io, version: v1beta1, service: {namespace: monitoring, name: metrics, port: 443}}
status: {conditions: [{type: Available, status: "False", reason: ${reason}, message: "${message}", lastTransitionTime: "${at}"}]}
---
`;
  const service = 'kind: Service\nmetadata: {name: metrics, namespace: monitoring}\nspec: {selector: {app: metrics}, ports: [{port: 443}]}\n---\n';
  const server = (replicas: number) =>
    `kind: Deployment\nmetadata: {name: metrics, namespace: monitoring}\nspec: {replicas: ${replicas}, selector: {matchLabels: {app: metrics}}, template: {metadata: {labels: {app: metrics}}, spec: {containers: [{name: a}]}}}\nstatus: {replicas: 0}\n---\n`;
  const autoscaler = `
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}
status: {conditions: [{type: ScalingActive, status: "False", reason: FailedGetResourceMetric, message: "the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server is currently unable to handle the request (get pods.metrics.k8s.io)", lastTransitionTime: "${ago(500)}"}]}
---
`;
  const web = workloadYaml({ name: 'web', container: 'image: w:1\nresources: {requests: {cpu: 10m}}' });

  it('names the APIService that points to a Service which is gone, and what waits for it', async () => {
    const { named, sentence } = await diagnosed(web + api('ServiceNotFound', 'service/metrics in monitoring is not present') + autoscaler);
    expect(named).toEqual(['api-service-backend-missing APIService/v1beta1.metrics.k8s.io']);
    expect(sentence).toContain('monitoring/metrics');
  });

  it('names the workload behind it that is scaled to zero', async () => {
    const { named, plans } = await diagnosed(
      web + api('MissingEndpoints', 'endpoints for service/metrics have no addresses') + service + server(0) + autoscaler,
    );
    expect(named).toEqual(['api-service-backend-at-zero Deployment/metrics']);
    expect(plans[0]?.quickFix.steps.map(({ kubectl }) => kubectl)).toEqual(['kubectl scale deployment/metrics --replicas=1 -n monitoring']);
  });

  it('hands on the words of the API server where nothing else is known', async () => {
    const { named, sentence } = await diagnosed(
      api('FailedDiscoveryCheck', 'failing or missing response: x509: certificate signed by unknown authority') +
        service.replace('selector: {app: metrics}, ', ''),
    );
    expect(named.filter((name) => name.includes('APIService'))).toEqual(['api-service-not-answering APIService/v1beta1.metrics.k8s.io']);
    expect(sentence).toContain('unknown authority');
  });

  it('is silent about what the API server serves itself, a short absence, and a run that does not need it', async () => {
    const own =
      'kind: APIService\nmetadata: {name: v1.apps}\nspec: {group: apps, version: v1}\nstatus: {conditions: [{type: Available, status: "False", reason: X}]}\n---\n';
    expect((await diagnosed(own)).named).toEqual([]);
    expect((await diagnosed(api('MissingEndpoints', 'none', ago(5)))).named).toEqual([]);
    expect((await diagnosed(web + api('MissingEndpoints', 'none'), { scope: ['shop'] })).named).toEqual([]);
    expect((await diagnosed(web + autoscaler + api('MissingEndpoints', 'none'), { scope: ['shop'] })).named).toHaveLength(1);
  });

  it('is why a namespace cannot be deleted', async () => {
    const namespace = `kind: Namespace\nmetadata: {name: old, deletionTimestamp: "${ago(600)}"}\nstatus: {phase: Terminating, conditions: [{type: NamespaceDeletionDiscoveryFailure, status: "True", message: "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery: metrics.k8s.io/v1beta1"}]}\n---\n`;
    const { named } = await diagnosed(namespace + api('ServiceNotFound', 'service/metrics in monitoring is not present'));
    expect(named).toEqual(['api-service-backend-missing APIService/v1beta1.metrics.k8s.io']);
  });
});

describe('a certificate signing request', () => {
  const request = (name: string, status: string, seconds: number, user = 'system:node:a') =>
    `kind: CertificateSigningRequest\nmetadata: {name: ${name}, creationTimestamp: "${ago(seconds)}"}\nspec: {signerName: kubernetes.io/kubelet-serving, username: "${user}"}\nstatus: ${status}\n---\n`;

  it('is told of when nobody approved or signed it, once a requester', async () => {
    const { named, sentence } = await diagnosed(request('csr-1', '{}', 2000) + request('csr-2', '{}', 1000));
    expect(named).toEqual(['certificate-request-not-approved CertificateSigningRequest/csr-2']);
    expect(sentence).toContain('The kubelet of node a waits for a serving certificate');
    const approved = '{conditions: [{type: Approved, status: "True"}]}';
    expect((await diagnosed(request('csr-1', approved, 1000))).named).toEqual(['certificate-request-not-signed CertificateSigningRequest/csr-1']);
  });

  it.each([
    ['signed', '{certificate: YQ==, conditions: [{type: Approved, status: "True"}]}', 5000],
    ['denied', '{conditions: [{type: Denied, status: "True"}]}', 5000],
    ['young', '{}', 60],
  ])('is left alone when it is %s', async (_what, status, seconds) => {
    expect((await diagnosed(request('csr-1', status, seconds))).named).toEqual([]);
  });
});

describe('a node that is not ready', () => {
  const node = (message: string) =>
    `kind: Node\nmetadata: {name: node-1}\nstatus: {conditions: [{type: Ready, status: "False", reason: KubeletNotReady, message: "${message}", lastTransitionTime: "${ago(900)}"}]}\n---\n`;
  const noNetwork = node(
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
  );
  const agent = (status: string) =>
    `kind: Pod\nmetadata: {name: net-a, namespace: kube-system, ownerReferences: [{kind: DaemonSet, name: net}]}\nspec: {nodeName: node-1, hostNetwork: true, volumes: [{name: c, hostPath: {path: /etc/cni/net.d}}], containers: [{name: app, image: net:1}]}\nstatus: ${status}\n---\n`;
  const crashing = `{phase: Running, startTime: "${ago(900)}", containerStatuses: [{name: app, ready: false, restartCount: 5, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 2, reason: Error, startedAt: "${ago(60)}", finishedAt: "${ago(59)}"}}}]}`;

  it('says whether the network or the runtime is what it lacks', async () => {
    expect((await diagnosed(noNetwork)).named).toEqual(['node-network-not-ready Node/node-1']);
    expect((await diagnosed(node('container runtime is down'))).named).toEqual(['node-runtime-down Node/node-1']);
    expect((await diagnosed(node('kubelet is shutting down'))).named).toEqual(['node-not-ready Node/node-1']);
  });

  it('is explained by the network agent that crashes on it', async () => {
    const set =
      'kind: DaemonSet\nmetadata: {name: net, namespace: kube-system}\nspec: {selector: {matchLabels: {app: net}}, template: {spec: {containers: [{name: app, image: net:1}]}}}\n---\n';
    const { named } = await diagnosed(noNetwork + set + agent(crashing), { evidence: { logs: { 'net-a/app (previous)': ['fatal: no config'] } } });
    expect(named.filter((name) => name.includes('Node/'))).toEqual([]);
    expect(named.some((name) => name.endsWith('DaemonSet/net'))).toBe(true);
  });
});

describe('a node whose disk is full', () => {
  const full = 'failed to pull and unpack image "docker.io/library/web:1": failed to extract layer: write /var/lib/containerd/x: no space left on device';
  const pulling = (name: string, text: string) =>
    workloadYaml({
      name,
      container: 'image: web:1',
      status: unreadyStatus(`{waiting: {reason: ErrImagePull, message: ${JSON.stringify(text)}}}`, { phase: 'Pending' }),
    });

  it('is named, and not the workload whose image found no room', async () => {
    const { named } = await diagnosed(pulling('web', full) + pulling('db', full));
    expect(named).toEqual(['node-disk-full Node/node-1']);
    expect((await diagnosed(pulling('web', 'manifest unknown'))).named).toEqual(['image-unavailable Deployment/web']);
  });

  it('is what its pressure says, where the node tells of it', async () => {
    const node = `kind: Node\nmetadata: {name: node-1}\nstatus: {conditions: [{type: Ready, status: "True"}, {type: DiskPressure, status: "True", message: kubelet has disk pressure, lastTransitionTime: "${ago(600)}"}]}\n---\n`;
    expect((await diagnosed(node + pulling('web', full))).named).toEqual(['node-pressure Node/node-1']);
  });
});

describe('pods that no scheduler looks at', () => {
  it('wait for the pod of the scheduler, where it can be seen to be ill', async () => {
    const waiting = `kind: Pod\nmetadata: {name: web, creationTimestamp: "${ago(300)}"}\nspec: {schedulerName: default-scheduler, containers: [{name: a}]}\nstatus: {phase: Pending}\n---\n`;
    const scheduler = `kind: Pod\nmetadata: {name: kube-scheduler-a, namespace: kube-system, labels: {component: kube-scheduler}}\nspec: {nodeName: a, schedulerName: default-scheduler, containers: [{name: app, image: "k:1"}]}\nstatus: {phase: Running, startTime: "${ago(900)}", containerStatuses: [{name: app, ready: false, restartCount: 5, state: {waiting: {reason: ImagePullBackOff, message: "not found"}}}]}\n---\n`;
    expect((await diagnosed(waiting)).named).toEqual(['default-scheduler-down Pod/web']);
    const { named } = await diagnosed(waiting + scheduler);
    expect(named).toHaveLength(1);
    expect(named[0]).toContain('Pod/kube-scheduler-a');
  });
});

describe('pods that get no sandbox', () => {
  const creating = unreadyStatus('{waiting: {reason: ContainerCreating}}', { phase: 'Pending' });
  const stuck = (name: string, message: string) => workloadYaml({ name, status: creating }) + podEventYaml(name, 'FailedCreatePodSandBox', message);
  const message = 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network: plugin type=\\"bridge\\" failed';

  it('are the node’s when unrelated workloads share it', async () => {
    const text = message.replaceAll('\\', '');
    const { named } = await diagnosed(stuck('web', text) + stuck('db', text));
    expect(named).toEqual(['pod-sandbox-fails Node/node-1']);
  });

  it('tell that the node has no address left', async () => {
    const { named, sentence } = await diagnosed(
      stuck('web', 'Failed to create pod sandbox: failed to allocate for range 0: no IP addresses available in range set: 10.0.0.1-10.0.0.254'),
    );
    expect(named).toEqual(['pod-addresses-used-up Node/node-1']);
    expect(sentence).toContain('10.0.0.254');
  });

  it('are the RuntimeClass’ when no runtime has the name of its handler', async () => {
    const runtime = 'kind: RuntimeClass\nmetadata: {name: sandboxed}\nhandler: gvisor\n---\n';
    const box = workloadYaml({ name: 'web', status: creating, podSpec: 'runtimeClassName: sandboxed' });
    const event = podEventYaml(
      'web',
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: failed to get sandbox runtime: no runtime for "gvisor" is configured',
    );
    const { named, sentence, plans } = await diagnosed(box + event + runtime);
    expect(named).toEqual(['runtime-handler-missing RuntimeClass/sandboxed']);
    expect(plans[0]?.quickFix.fallback).toContain(
      'kubectl patch deployment web --type=json -p \'[{"op":"remove","path":"/spec/template/spec/runtimeClassName"}]\' -n shop',
    );
    expect(sentence).toContain('gvisor');
  });
});
