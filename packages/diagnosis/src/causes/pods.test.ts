import { describe, expect, it } from 'vitest';
import { runDiagnosis, type TestEvidence } from '../testing/index.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';

interface Outcome {
  cause: string;
  mechanism: string;
  confidence: string;
  sentence: string;
}

/** What is named; a healthy neighbour stands beside every fault and must not be. */
async function outcomes(yaml: string, evidence: TestEvidence = {}): Promise<Outcome[]> {
  const { incidents } = await runDiagnosis(`${yaml}${workloadYaml({ name: 'neighbour', container: 'image: local/nginx:1' })}`, { evidence });
  return incidents.map(({ cause, mechanism, confidence, sentence }) => ({ cause: `${cause.kind}/${cause.name}`, mechanism, confidence, sentence }));
}

const node = (labels = '{}', cpu = '4') => `
kind: Node
metadata: {name: node-1, labels: ${labels}}
status: {allocatable: {cpu: "${cpu}", memory: 8Gi, pods: "110"}, conditions: [{type: Ready, status: "True"}]}
---
`;

function unschedulable(message: string): string {
  return `
phase: Pending
conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, lastTransitionTime: "2026-05-04T11:50:00Z", message: ${JSON.stringify(message)}}]`;
}

const noNode = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.";

describe('pods that get no node', () => {
  it('names the selector that no node meets, with the values there are', async () => {
    const api = workloadYaml({ name: 'api', podSpec: 'nodeSelector: {disk: ssdd}', status: unschedulable(noNode), nodeName: null });
    const [outcome, ...others] = await outcomes(`${api}${node('{disk: ssd}')}`);
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'node-selector-unmet', confidence: 'certain' });
    expect(outcome?.sentence).toContain('disk=ssdd');
    expect(outcome?.sentence).toContain('nodes have disk=ssd');
    expect(others).toEqual([]);
  });

  it('tells a request that never fits from a full cluster', async () => {
    const big = workloadYaml({
      name: 'api',
      container: 'image: app:1\nresources: {requests: {cpu: "64"}}',
      status: unschedulable('0/1 nodes are available: 1 Insufficient cpu.'),
      nodeName: null,
    });
    expect(await outcomes(`${big}${node()}`)).toMatchObject([{ cause: 'Deployment/api', mechanism: 'request-exceeds-nodes', confidence: 'certain' }]);
    expect(await outcomes(`${big}${node('{}', '128')}`)).toMatchObject([{ mechanism: 'insufficient-resources' }]);
  });

  it('names a scheduler that nothing acts for, and is silent about a pod of two seconds', async () => {
    const lost = workloadYaml({ name: 'api', podSpec: 'schedulerName: volcano', status: 'phase: Pending', nodeName: null });
    const [outcome] = await outcomes(`${lost}${node()}`);
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'scheduler-not-running', confidence: 'certain' });
    const { findings } = await runDiagnosis(lost.replaceAll('kind: Pod\nmetadata:', 'kind: Pod\nmetadata:\n  creationTimestamp: 2026-05-04T11:59:58Z'));
    expect(findings.filter((finding) => finding.object.kind === 'Pod')).toEqual([]);
  });
});

const pulling = (message: string) => unreadyStatus(`{waiting: {reason: ImagePullBackOff, message: ${JSON.stringify(message)}}}`, { phase: 'Pending' });
const notFound = 'rpc error: failed to resolve reference "docker.io/local/nginx:1.27-rc9": docker.io/local/nginx:1.27-rc9: not found';

describe('containers that do not start', () => {
  it('names the workload whose image cannot be pulled, and the one that runs well', async () => {
    const shop = workloadYaml({ name: 'api', container: 'image: local/nginx:1.27-rc9', status: pulling(notFound) });
    const [outcome, ...others] = await outcomes(shop);
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'image-unavailable', confidence: 'certain' });
    expect(outcome?.sentence).toContain('local/nginx:1 of the same repository runs well');
    expect(others).toEqual([]);
  });

  it('names a pull Secret that does not exist', async () => {
    const denied = 'failed to authorize: pull access denied, repository does not exist or may require authorization: 401 Unauthorized';
    const api = workloadYaml({ name: 'api', container: 'image: reg.test/api:1', podSpec: 'imagePullSecrets: [{name: reg}]', status: pulling(denied) });
    expect(await outcomes(api)).toMatchObject([{ cause: 'Secret/reg', mechanism: 'pull-secret-missing', confidence: 'certain' }]);
  });

  it('names the missing object, the referrer of a near miss, and the key', async () => {
    const config = (message: string) =>
      unreadyStatus(`{waiting: {reason: CreateContainerConfigError, message: ${JSON.stringify(message)}}}`, { phase: 'Pending' });
    const api = (message: string) =>
      workloadYaml({
        name: 'api',
        container: 'image: app:1\nenv: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: mode}}}]',
        status: config(message),
      });
    const other = (name: string, data: string) => `kind: ConfigMap\nmetadata: {name: ${name}}\ndata: ${data}\n---\n`;
    expect(await outcomes(api('configmap "settings" not found'))).toMatchObject([{ cause: 'ConfigMap/settings', mechanism: 'reference-missing' }]);
    expect(await outcomes(api('configmap "settings" not found') + other('setting', '{mode: a}'))).toMatchObject([
      { cause: 'Deployment/api', mechanism: 'reference-misspelt' },
    ]);
    expect(await outcomes(api("couldn't find key mode in ConfigMap shop/settings") + other('settings', '{colour: a}'))).toMatchObject([
      { cause: 'ConfigMap/settings', mechanism: 'key-missing' },
    ]);
    expect(await outcomes(api("couldn't find key mode in ConfigMap shop/settings") + other('settings', '{modes: a}'))).toMatchObject([
      { cause: 'Deployment/api', mechanism: 'key-misspelt' },
    ]);
  });

  it('reads a failed mount, and is silent about the first one', async () => {
    const creating = unreadyStatus('{waiting: {reason: ContainerCreating}}', { phase: 'Pending' });
    const api = workloadYaml({
      name: 'api',
      container: 'image: app:1\nvolumeMounts: [{name: c, mountPath: /etc/app}]',
      podSpec: 'volumes: [{name: c, configMap: {name: conf}}]',
      status: creating,
    });
    const event = podEventYaml('api', 'FailedMount', 'MountVolume.SetUp failed for volume "c" : configmap "conf" not found');
    expect(await outcomes(api + event)).toMatchObject([{ cause: 'ConfigMap/conf', mechanism: 'reference-missing', confidence: 'certain' }]);
  });

  it('names a command that is not in the image', async () => {
    const message = 'runc create failed: exec: "gunicorn": executable file not found in $PATH: unknown';
    const failed = unreadyStatus('{waiting: {reason: CrashLoopBackOff}}', {
      restarts: 4,
      lastState: `{terminated: {exitCode: 128, reason: StartError, message: ${JSON.stringify(message)}}}`,
    });
    const [outcome] = await outcomes(workloadYaml({ name: 'api', container: 'image: python:3\ncommand: [gunicorn, app]', status: failed }));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'command-not-found', confidence: 'certain' });
    expect(outcome?.sentence).toContain('gunicorn');
  });
});

const crashed = (name: string, lines: string[]): TestEvidence => ({ logs: { [`${name}-5f4d-x1/app (previous)`]: lines } });
const trace = ['Traceback (most recent call last):', '  File "<frozen os>", line 679, in __getitem__', "KeyError: 'REGION'"];

describe('containers that keep exiting', () => {
  it('names the variable that is not set', async () => {
    const [outcome] = await outcomes(workloadYaml({ name: 'api', status: crashLoopStatus(1) }), crashed('api', trace));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'environment-variable-missing', confidence: 'certain' });
    expect(outcome?.sentence).toContain('REGION');
  });

  it('names the ConfigMap whose key is written almost so', async () => {
    const api = workloadYaml({ name: 'api', container: 'image: app:1\nenvFrom: [{configMapRef: {name: settings}}]', status: crashLoopStatus(1) });
    const settings = 'kind: ConfigMap\nmetadata: {name: settings}\ndata: {REGOIN: eu}\n---\n';
    expect(await outcomes(api + settings, crashed('api', trace))).toMatchObject([{ cause: 'ConfigMap/settings', mechanism: 'environment-key-missing' }]);
  });

  it('names the ConfigMap behind the file that cannot be read', async () => {
    const api = workloadYaml({
      name: 'api',
      container: 'image: nginx:1\nvolumeMounts: [{name: c, mountPath: /etc/edge}]',
      podSpec: 'volumes: [{name: c, configMap: {name: edge-conf}}]',
      status: crashLoopStatus(1),
    });
    const conf = 'kind: ConfigMap\nmetadata: {name: edge-conf}\ndata:\n  nginx.conf: |\n    proxy_passs http://x;\n---\n';
    const [outcome] = await outcomes(api + conf, crashed('api', ['[emerg] 1#1: unknown directive "proxy_passs" in /etc/edge/nginx.conf:1']));
    expect(outcome).toMatchObject({ cause: 'ConfigMap/edge-conf', mechanism: 'configuration-invalid', confidence: 'certain' });
    expect(outcome?.sentence).toContain('proxy_passs');
  });

  it('names the memory limit, or the LimitRange that set it', async () => {
    const limited = workloadYaml({ name: 'api', container: 'image: app:1\nresources: {limits: {memory: 64Mi}}', status: crashLoopStatus(137, 'OOMKilled') });
    expect(await outcomes(limited)).toMatchObject([{ cause: 'Deployment/api', mechanism: 'memory-limit-exceeded', confidence: 'certain' }]);
    const range = 'kind: LimitRange\nmetadata: {name: defaults}\nspec: {limits: [{type: Container, default: {memory: 64Mi}}]}\n---\n';
    const defaulted = limited.replace(
      '    - name: app\n          image: app:1\n          resources: {limits: {memory: 64Mi}}',
      '    - name: app\n          image: app:1',
    );
    expect(defaulted).not.toBe(limited);
    expect(await outcomes(defaulted + range)).toMatchObject([{ cause: 'LimitRange/defaults', mechanism: 'default-memory-limit-exceeded' }]);
  });

  it('makes one incident of the workload where nothing explains the exit', async () => {
    expect(await outcomes(workloadYaml({ name: 'api', status: crashLoopStatus(3) }), crashed('api', ['bye']))).toMatchObject([
      { cause: 'Deployment/api', mechanism: 'container-exits', confidence: 'possible', sentence: expect.stringContaining('exits with code 3') },
    ]);
  });

  it('is silent about restarts that are over', async () => {
    const over = `
phase: Running
conditions: [{type: Ready, status: "True"}]
containerStatuses:
  - name: app
    ready: true
    restartCount: 2
    state: {running: {startedAt: "2026-05-04T11:59:00Z"}}
    lastState: {terminated: {exitCode: 1, reason: Error, startedAt: "2026-05-04T11:58:40Z", finishedAt: "2026-05-04T11:58:41Z"}}`;
    expect(await outcomes(workloadYaml({ name: 'api', status: over }))).toEqual([]);
  });
});

describe('probes', () => {
  const running = unreadyStatus('{running: {startedAt: "2026-05-04T11:00:05Z"}}');
  const killed = unreadyStatus('{waiting: {reason: CrashLoopBackOff}}', {
    restarts: 4,
    lastState: '{terminated: {exitCode: 137, reason: Error, startedAt: "2026-05-04T11:59:00Z", finishedAt: "2026-05-04T11:59:20Z"}}',
  });

  it('names the port that nothing listens on, and the one that the program says', async () => {
    const api = workloadYaml({ name: 'api', container: 'image: app:1\nlivenessProbe: {tcpSocket: {port: 8081}}', status: killed });
    const events =
      podEventYaml('api', 'Unhealthy', 'Liveness probe failed: dial tcp 10.0.0.1:8081: connect: connection refused') +
      podEventYaml('api', 'Killing', 'Container app failed liveness probe, will be restarted');
    const [outcome] = await outcomes(api + events, crashed('api', ['INFO listening on port 8080']));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'probe-wrong-port', confidence: 'certain' });
    expect(outcome?.sentence).toMatch(/liveness probe .* 8081.*listens on 8080/);
  });

  it('tells a probe that kills a slow start from one that asks the wrong port', async () => {
    const api = workloadYaml({
      name: 'api',
      container: 'image: app:1\nports: [{containerPort: 8080}]\nlivenessProbe: {tcpSocket: {port: 8080}}',
      status: killed,
    });
    const events =
      podEventYaml('api', 'Unhealthy', 'Liveness probe failed: dial tcp 10.0.0.1:8080: connect: connection refused') +
      podEventYaml('api', 'Killing', 'Container app failed liveness probe, will be restarted');
    expect(await outcomes(api + events)).toMatchObject([{ cause: 'Deployment/api', mechanism: 'probe-too-impatient', confidence: 'likely' }]);
  });

  it('names the path that answers 404', async () => {
    const api = workloadYaml({ name: 'api', container: 'image: app:1\nreadinessProbe: {httpGet: {path: /readyz, port: 8080}}', status: running });
    const event = podEventYaml('api', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 404');
    const [outcome] = await outcomes(api + event);
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'probe-wrong-path', confidence: 'certain' });
    expect(outcome?.sentence).toContain('/readyz');
  });

  it('is silent inside the patience that the probe itself asks for', async () => {
    const slow = workloadYaml({ name: 'api', container: 'image: app:1\nreadinessProbe: {tcpSocket: {port: 1}, initialDelaySeconds: 7200}', status: running });
    expect(await outcomes(slow)).toEqual([]);
  });
});

const service = (name: string) =>
  `kind: Service\nmetadata: {name: ${name}}\nspec: {clusterIP: 10.96.0.9, selector: {app: ${name}}, ports: [{port: 80}]}\n---\n`;

describe('dependencies', () => {
  const lost = ['FATAL could not connect to orders-db:5432 - Name or service not known'];

  it('names the caller of a Service that does not exist, and the Service that was meant', async () => {
    const api = workloadYaml({ name: 'api', status: crashLoopStatus(1) });
    expect(await outcomes(api, crashed('api', lost))).toMatchObject([{ cause: 'Deployment/api', mechanism: 'called-service-missing', confidence: 'certain' }]);
    const [near] = await outcomes(`${api}${service('order-db')}${workloadYaml({ name: 'order-db' })}`, crashed('api', lost));
    expect(near?.sentence).toContain('Service order-db does exist');
  });

  it('names what broke the callee, not the caller', async () => {
    const cache = workloadYaml({ name: 'cache', container: 'image: local/redis:9', status: pulling(notFound) });
    const api = workloadYaml({ name: 'api', status: crashLoopStatus(1) });
    const found = await outcomes(`${api}${cache}${service('cache')}`, crashed('api', ['cannot reach 10.96.0.9:80: [Errno 111] Connection refused']));
    expect(found.map(({ cause }) => cause)).not.toContain('Deployment/api');
    expect(found).toContainEqual(expect.objectContaining({ cause: 'Deployment/cache', mechanism: 'image-unavailable' }));
  });
});

describe('what ends without an explanation', () => {
  it('still explains the caller that waits for it', async () => {
    const waiting = `
phase: Pending
conditions: [{type: Ready, status: "False"}]
initContainerStatuses: [{name: wait, ready: false, restartCount: 0, state: {running: {startedAt: "2026-05-04T11:50:00Z"}}}]
containerStatuses: [{name: app, ready: false, restartCount: 0, state: {waiting: {reason: PodInitializing}}}]`;
    const api = workloadYaml({ name: 'api', podSpec: 'initContainers: [{name: wait, image: busybox}]', status: waiting });
    const registry = workloadYaml({ name: 'registry', status: crashLoopStatus(3) });
    const line = 'waiting for registry:80';
    const found = await outcomes(`${api}${registry}${service('registry')}`, { logs: { 'api-5f4d-x1/wait': [line, line, line] } });
    expect(found).toMatchObject([{ cause: 'Deployment/registry', mechanism: 'container-exits' }]);
  });
});

describe('credentials', () => {
  const shape = (fingerprint: string, decoded: string | null = null) => ({
    type: 'Opaque',
    keys: { password: { length: 8, fingerprint, decodedFingerprint: decoded, trimmedFingerprint: fingerprint } },
  });
  const env = (secret: string) => `image: app:1\nenv: [{name: REDIS_PASSWORD, valueFrom: {secretKeyRef: {name: ${secret}, key: password}}}]`;
  const objects =
    workloadYaml({
      name: 'api',
      container: `${env('api-auth')}\nreadinessProbe: {exec: {command: [cat, /tmp/ready]}}`,
      status: unreadyStatus('{running: {startedAt: "2026-05-04T11:00:05Z"}}'),
    }).replaceAll('env: [', 'env: [{name: CACHE_HOST, value: cache}, ') +
    workloadYaml({ name: 'cache', container: env('cache-auth') }) +
    service('cache') +
    ['api-auth', 'cache-auth'].map((name) => `kind: Secret\nmetadata: {name: ${name}}\ntype: Opaque\ndata: {password: ""}\n---\n`).join('');
  const logs = { 'api-5f4d-x1/app': ['ERROR auth failed: -WRONGPASS invalid username-password pair'] };

  it('names the Secret that holds the base64 text of what the server expects', async () => {
    const [outcome, ...others] = await outcomes(objects, { logs, secretShapes: { 'api-auth': shape('b64', 'plain'), 'cache-auth': shape('plain') } });
    expect(outcome).toMatchObject({ cause: 'Secret/api-auth', mechanism: 'credentials-differ', confidence: 'certain' });
    expect(outcome?.sentence).toContain('base64');
    expect(others).toEqual([]);
  });

  it('claims no more than the log where Secrets may not be read', async () => {
    expect(await outcomes(objects, { logs })).toMatchObject([{ cause: 'Deployment/api', mechanism: 'credentials-refused', confidence: 'possible' }]);
  });
});

describe('logs of pods that are well', () => {
  const error = ['Traceback (most recent call last):', '  File "a.py", line 6, in mean', 'ZeroDivisionError: division by zero'];

  it('names the program that keeps failing', async () => {
    const found = await outcomes(workloadYaml({ name: 'api' }), { logs: { 'api-5f4d-x1/app': [...error, ...error] } });
    expect(found).toMatchObject([{ cause: 'Deployment/api', mechanism: 'unhandled-exception', confidence: 'likely' }]);
  });

  it.each([[error], [['ERROR failed', 'ERROR failed', 'ERROR failed', 'WARN exception ignored']]])(
    'is silent about what happened once, and about words: %j',
    async (lines) => {
      expect(await outcomes(workloadYaml({ name: 'api' }), { logs: { 'api-5f4d-x1/app': lines } })).toEqual([]);
    },
  );

  it.each([
    [['Traceback (most recent call last):', '  File "/usr/lib/python3/ssl.py", line 1104, in read', 'ssl.SSLEOFError: EOF occurred in violation of protocol']],
    [['Traceback (most recent call last):', '  File "server.py", line 80, in write', 'BrokenPipeError: [Errno 32] Broken pipe']],
    [['Error: read ECONNRESET', '    at TCP.onStreamRead (node:internal/stream_base_commons:217:20)']],
  ])('is silent about clients that went away: %j', async (lines) => {
    expect(await outcomes(workloadYaml({ name: 'api' }), { logs: { 'api-5f4d-x1/app': [...lines, ...lines, ...lines] } })).toEqual([]);
  });
});
