import { describe, expect, it } from 'vitest';
import { runDiagnosis, type TestEvidence } from '../testing/index.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';

async function outcomes(yaml: string, evidence: TestEvidence = {}) {
  const { incidents } = await runDiagnosis(yaml, { evidence });
  return incidents.map(({ cause, mechanism, confidence, sentence }) => ({ cause: `${cause.kind}/${cause.name}`, mechanism, confidence, sentence }));
}

const notStarted = (message: string) =>
  unreadyStatus('{waiting: {reason: CrashLoopBackOff}}', {
    restarts: 4,
    lastState: `{terminated: {exitCode: 128, reason: StartError, message: ${JSON.stringify(message)}}}`,
  });
const runc = (message: string) => `failed to create containerd task: runc create failed: unable to start container process: ${message}: unknown`;

describe('containers that the runtime cannot start', () => {
  it.each<[string, string, string, string]>([
    ['image: busybox:1\ncommand: [wge, "-q"]', runc('exec: "wge": executable file not found in $PATH'), 'command-not-found', 'it may be a misspelt wget'],
    ['image: redis:1\nargs: [--save]', runc('exec: "--save": executable file not found in $PATH'), 'command-not-found', 'the image has no entrypoint'],
    ['image: app:1\ncommand: [/app/run.sh]', runc('exec: "/app/run.sh": permission denied'), 'command-not-executable', '/app/run.sh'],
    [
      'image: app:1\nresources: {limits: {memory: 64m}}',
      runc('container init was OOM-killed (memory limit too low?)'),
      'memory-limit-below-minimum',
      '64Mi is 64 mebibytes',
    ],
    ['image: app:1', 'failed to generate spec: unable to find user appuser: no matching entries in passwd file', 'user-not-in-image', 'appuser'],
    ['image: app:1\ncommand: [/bin/app]', runc('exec /bin/app: exec format error'), 'command-wrong-format', 'another CPU architecture'],
    ['image: app:1', 'something nobody knows', 'container-not-runnable', 'something nobody knows'],
  ])('%s', async (container, message, mechanism, word) => {
    const [outcome, ...others] = await outcomes(workloadYaml({ name: 'api', container, status: notStarted(message) }));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism, confidence: mechanism === 'container-not-runnable' ? 'likely' : 'certain' });
    expect(outcome?.sentence).toContain(word);
    expect(others).toEqual([]);
  });

  it('sees the tiny limit behind volumes that have no room for a token', async () => {
    const yaml = workloadYaml({
      name: 'api',
      container: 'image: app:1\nresources: {limits: {memory: 100m}}',
      status: unreadyStatus('{waiting: {reason: ContainerCreating}}', { phase: 'Pending' }),
    });
    const event = podEventYaml(
      'api',
      'FailedMount',
      'MountVolume.SetUp failed for volume "kube-api-access-x" : write /var/lib/kubelet/token: no space left on device',
    );
    expect(await outcomes(yaml + event)).toMatchObject([{ cause: 'Deployment/api', mechanism: 'memory-limit-below-minimum' }]);
  });

  it('names a postStart hook before the crash loop that it makes', async () => {
    const api = workloadYaml({
      name: 'api',
      container: 'image: app:1\nlifecycle: {postStart: {exec: {command: [sh, -c, "exit 1"]}}}',
      status: crashLoopStatus(0, 'Completed'),
    });
    const event = podEventYaml('api', 'FailedPostStartHook', 'PostStartHook failed');
    expect(await outcomes(api + event)).toMatchObject([{ cause: 'Deployment/api', mechanism: 'post-start-hook-fails', confidence: 'certain' }]);
  });

  it('tells a task that ends from a program that fails', async () => {
    const api = workloadYaml({ name: 'api', container: 'image: app:1\ncommand: [sh, -c, "echo done"]', status: crashLoopStatus(0, 'Completed') });
    const [outcome] = await outcomes(api, { logs: { 'api-5f4d-x1/app (previous)': ['done'] } });
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'program-completes', confidence: 'likely' });
    expect(outcome?.sentence).toContain('belongs in a Job');
  });
});

const pulling = (reason: string, message: string) => unreadyStatus(`{waiting: {reason: ${reason}, message: ${JSON.stringify(message)}}}`, { phase: 'Pending' });

describe('images', () => {
  it('finds the repository that was meant among what runs', async () => {
    const yaml = workloadYaml({ name: 'api', container: 'image: reg.test/shop/ngnix:2', status: pulling('ImagePullBackOff', 'not found') });
    const [outcome] = await outcomes(yaml + workloadYaml({ name: 'web', container: 'image: reg.test/shop/nginx:2' }));
    expect(outcome?.sentence).toContain('reg.test/shop/nginx:2, which is almost called so, runs well');
  });

  it('says what makes a text no image name', async () => {
    const yaml = workloadYaml({
      name: 'api',
      container: 'image: reg.test/Shop/api:2',
      status: pulling('InvalidImageName', 'Failed to apply default image tag'),
    });
    expect((await outcomes(yaml))[0]?.sentence).toContain('its repository contains capital letters');
  });

  it('names the credential that others pull with, and a Secret that is none', async () => {
    const denied = pulling('ImagePullBackOff', 'pull access denied: 401 Unauthorized');
    const other = workloadYaml({ name: 'web', container: 'image: reg.test/web:1', podSpec: 'imagePullSecrets: [{name: reg}]' });
    expect(await outcomes(workloadYaml({ name: 'api', container: 'image: reg.test/api:1', status: denied }) + other)).toMatchObject([
      { cause: 'Deployment/api', mechanism: 'pull-secret-not-used', confidence: 'certain' },
    ]);
    const opaque = 'kind: Secret\nmetadata: {name: reg}\ntype: Opaque\n---\n';
    const named = workloadYaml({ name: 'api', container: 'image: reg.test/api:1', podSpec: 'imagePullSecrets: [{name: reg}]', status: denied });
    expect(await outcomes(named + opaque)).toMatchObject([{ cause: 'Secret/reg', mechanism: 'pull-secret-unusable' }]);
  });
});

const running = unreadyStatus('{running: {startedAt: "2026-05-04T11:00:05Z"}}');

describe('probes that ask oddly', () => {
  it.each<[string, string, string]>([
    ['httpGet: {port: 8080, scheme: HTTPS}', 'Get "https://10.0.0.1:8080/": http: server gave HTTP response to HTTPS client', 'probe-wrong-scheme'],
    ['httpGet: {port: 8443}', 'HTTP probe failed with statuscode: 400', 'probe-wrong-scheme'],
    ['httpGet: {port: 8080, host: api.example.com}', 'Get "http://api.example.com:8080/": no such host', 'probe-wrong-host'],
    ['httpGet: {port: 8080, path: /admin}', 'HTTP probe failed with statuscode: 401', 'probe-needs-login'],
    [
      'httpGet: {port: 8080}',
      'Get "http://10.0.0.1:8080/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      'probe-timeout-too-short',
    ],
    ['exec: {command: [sh, -c, "curl -sf localhost"]}', 'sh: curl: not found', 'probe-wrong-command'],
    ['grpc: {port: 9000}', 'error: this server does not implement the grpc health protocol (grpc.health.v1.Health)', 'probe-grpc-unsupported'],
  ])('%s', async (probe, output, mechanism) => {
    const api = workloadYaml({ name: 'api', container: `image: app:1\nreadinessProbe: {${probe}}`, status: running });
    expect(await outcomes(api + podEventYaml('api', 'Unhealthy', `Readiness probe failed: ${output}`))).toMatchObject([{ cause: 'Deployment/api', mechanism }]);
  });

  it('sees a native sidecar that keeps the pod from starting', async () => {
    const status = `
phase: Pending
startTime: 2026-05-04T11:00:00Z
conditions: [{type: Ready, status: "False"}]
initContainerStatuses: [{name: agent, ready: false, started: false, restartCount: 0, state: {running: {startedAt: "2026-05-04T11:00:05Z"}}}]
containerStatuses: [{name: app, ready: false, restartCount: 0, state: {waiting: {reason: PodInitializing}}}]`;
    const podSpec = 'initContainers: [{name: agent, image: a:1, restartPolicy: Always, startupProbe: {tcpSocket: {port: 15091}}}]';
    const event = podEventYaml('api', 'Unhealthy', 'Startup probe failed: dial tcp 10.0.0.1:15091: connect: connection refused');
    const [outcome] = await outcomes(workloadYaml({ name: 'api', podSpec, status }) + event, {
      logs: { 'api-5f4d-x1/agent': ['agent listening on port 15090'] },
    });
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'probe-wrong-port' });
    expect(outcome?.sentence).toContain('15091');
  });

  it('names the readiness gate that nobody opens, and waits a minute for it', async () => {
    const ready = (since: string) => `
phase: Running
startTime: 2026-05-04T11:00:00Z
conditions: [{type: ContainersReady, status: "True", lastTransitionTime: "${since}"}, {type: Ready, status: "False", reason: ReadinessGatesNotReady}]
containerStatuses: [{name: app, ready: true, restartCount: 0, state: {running: {startedAt: "2026-05-04T11:00:05Z"}}}]`;
    const gated = (since: string) => workloadYaml({ name: 'api', podSpec: 'readinessGates: [{conditionType: example.com/registered}]', status: ready(since) });
    expect(await outcomes(gated('2026-05-04T11:00:06Z'))).toMatchObject([
      { cause: 'Deployment/api', mechanism: 'readiness-gate-unmet', confidence: 'certain' },
    ]);
    const { findings } = await runDiagnosis(gated('2026-05-04T11:59:30Z'));
    expect(findings.map(({ code }) => code)).not.toContain('pod-readiness-gate-unmet');
  });
});

describe('memory and scratch space', () => {
  const killed = crashLoopStatus(137, 'OOMKilled');
  const api = workloadYaml({ name: 'api', container: 'image: app:1\nresources: {limits: {memory: 256Mi}}', status: killed }).replace(
    /(kind: Pod[\s\S]*?memory: )256Mi/,
    '$132Mi',
  );

  it('names the webhook that made the limit smaller than the template says', async () => {
    const webhook = `
kind: MutatingWebhookConfiguration
metadata: {name: squeezer}
webhooks: [{name: squeeze.example.com, rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]}]
---
`;
    const [outcome] = await outcomes(api + webhook);
    expect(outcome).toMatchObject({ cause: 'MutatingWebhookConfiguration/squeezer', mechanism: 'memory-limit-changed-at-admission', confidence: 'certain' });
    expect(outcome?.sentence).toMatch(/32Mi.*256Mi/);
    expect(await outcomes(api)).toMatchObject([{ cause: 'Deployment/api', mechanism: 'memory-limit-changed-at-admission', confidence: 'likely' }]);
  });

  const evicted = (name: string) => `
kind: Pod
metadata: {name: ${name}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: api-5f4d, controller: true}]}
spec: {nodeName: node-1, containers: [{name: app, image: app:1}]}
status: {phase: Failed, reason: Evicted, message: 'Usage of EmptyDir volume "scratch" exceeds the limit "10Mi". ', startTime: "2026-05-04T11:49:40Z", conditions: [{type: DisruptionTarget, status: "True", lastTransitionTime: "2026-05-04T11:50:00Z"}]}
---
`;
  const writer = workloadYaml({ name: 'api', podSpec: 'volumes: [{name: scratch, emptyDir: {sizeLimit: 10Mi}}]' }).replaceAll('11:00:0', '11:50:0');

  it('names the limit of its own that a pod outgrows, and leaves one eviction that is over alone', async () => {
    const [outcome] = await outcomes(writer + evicted('api-5f4d-a') + evicted('api-5f4d-b'));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'ephemeral-storage-exceeded', confidence: 'certain' });
    expect(outcome?.sentence).toContain('sizeLimit of 10Mi (spec.template.spec.volumes[0].emptyDir.sizeLimit)');
    expect(await outcomes(writer + evicted('api-5f4d-a'))).toEqual([]);
  });
});

describe('init containers that wait', () => {
  const waiting = `
phase: Pending
startTime: 2026-05-04T11:58:00Z
conditions: [{type: Ready, status: "False"}]
initContainerStatuses: [{name: wait, ready: false, restartCount: 0, state: {running: {startedAt: "2026-05-04T11:58:30Z"}}}]
containerStatuses: [{name: app, ready: false, restartCount: 0, state: {waiting: {reason: PodInitializing}}}]`;
  const waits = (command: string) =>
    workloadYaml({ name: 'api', podSpec: `initContainers: [{name: wait, image: busybox, command: [sh, -c, ${JSON.stringify(command)}]}]`, status: waiting });
  const silent = { logs: { 'api-5f4d-x1/wait': [] } };
  const service = 'kind: Service\nmetadata: {name: registry}\nspec: {selector: {app: registry}, ports: [{port: 80}]}\n---\n';

  it('are explained by the Service that they call without a word', async () => {
    const registry = workloadYaml({ name: 'registry', status: crashLoopStatus(3) });
    expect(await outcomes(waits('until nc -z registry 80; do sleep 1; done') + registry + service, silent)).toMatchObject([
      { cause: 'Deployment/registry', mechanism: 'container-exits' },
    ]);
    expect(await outcomes(waits('until nc -z registry.shop.svc 80; do sleep 1; done'), silent)).toMatchObject([{ mechanism: 'called-service-missing' }]);
  });

  it('are explained by the Job that they wait for', async () => {
    const wait = waits('kubectl wait --for=condition=complete job/migrate --timeout=-1s').replaceAll('11:58', '11:50');
    const job = 'kind: Job\nmetadata: {name: migration}\nspec: {}\nstatus: {active: 1}\n---\n';
    const [missing] = await outcomes(wait + job.replace('migration', 'migrates'), silent);
    expect(missing).toMatchObject({ cause: 'Deployment/api', mechanism: 'awaited-object-missing', confidence: 'certain' });
    expect(missing?.sentence).toContain('Job migrates does');
  });
});

describe('what a log alone tells', () => {
  const crashed = (line: string) => ({ logs: { 'api-5f4d-x1/app (previous)': [line] } });

  it.each<[string, string, string, string]>([
    ['image: app:1', 'OSError: [Errno 28] No space left on device: /dev/shm/torch_7', 'shared-memory-too-small', '64 MiB'],
    ['image: app:1\nsecurityContext: {runAsUser: 0}', '"root" execution of the PostgreSQL server is not permitted.', 'root-refused', 'runAsUser: 0'],
    [
      'image: app:1\nworkingDir: /srv/wrong',
      "python3: can't open file '/srv/wrong/main.py': [Errno 2] No such file or directory",
      'file-missing',
      'workingDir /srv/wrong',
    ],
    ['image: app:1', 'Error deserializing key/value for partition orders-3 at offset 4242', 'poison-message', 'topic orders, partition 3, offset 4242'],
    ['image: app:1', 'listen tcp 10.9.8.7:80: bind: cannot assign requested address', 'bind-address-unavailable', '10.9.8.7:80'],
  ])('%s: %s', async (container, line, mechanism, word) => {
    const [outcome] = await outcomes(workloadYaml({ name: 'api', container, status: crashLoopStatus(1) }), crashed(line));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism });
    expect(outcome?.sentence).toContain(word);
  });

  it('names the pod that has the port of the node', async () => {
    const other = workloadYaml({ name: 'proxy', container: 'image: p:1\nports: [{containerPort: 9100}]', podSpec: 'hostNetwork: true' });
    const own = workloadYaml({ name: 'api', container: 'image: app:1', podSpec: 'hostNetwork: true', status: crashLoopStatus(1) });
    const [outcome] = await outcomes(own + other, crashed('listen tcp :9100: bind: address already in use'));
    expect(outcome?.sentence).toContain('On the same node Pod shop/proxy-5f4d-x1 has that port');
  });
});

describe('frightening logs of pods that are well', () => {
  it('leaves exceptions alone that the program has dealt with', async () => {
    const trace = ['WARN peer deferred, retrying', 'Traceback (most recent call last):', '  File "a.py", line 6, in send', 'ValueError: greylisted'];
    expect(await outcomes(workloadYaml({ name: 'api' }), { logs: { 'api-5f4d-x1/app': [...trace, ...trace, ...trace] } })).toEqual([]);
  });
});
