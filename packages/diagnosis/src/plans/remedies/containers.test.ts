import { describe, expect, it } from 'vitest';
import { runDiagnosis, type TestEvidence } from '../../testing/index.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from '../../testing/workload-yaml.ts';
import { checkArguments, checkCommandLine } from '../guardrails.ts';
import { proposalFor } from '../planner.ts';
import { remedies } from './index.ts';

/** The commands that are proposed for the only incident, or what is missing; every step and rollback passes the guardrails. */
async function proposed(yaml: string, evidence: TestEvidence = {}): Promise<{ commands: string[]; decisions: string[] }> {
  const { incidents, view } = await runDiagnosis(yaml, { evidence });
  expect(incidents).toHaveLength(1);
  const [incident] = incidents;
  if (incident === undefined) throw new Error('no incident');
  const proposal = proposalFor(incident, view, remedies);
  if ('missing' in proposal) return { commands: proposal.missing, decisions: [] };
  for (const step of proposal.steps) {
    expect(checkArguments(step.kubectl ?? [])).toMatchObject({ allowed: true });
    if (step.rollback !== null) expect(checkCommandLine(step.rollback)).toMatchObject({ allowed: true });
  }
  return { commands: proposal.steps.map(({ kubectl }) => (kubectl ?? []).join(' ')), decisions: proposal.decisions.map(({ command }) => command) };
}

const running = unreadyStatus('{running: {startedAt: "2026-05-04T11:00:05Z"}}');
const notStarted = (message: string) =>
  unreadyStatus('{waiting: {reason: CrashLoopBackOff}}', {
    restarts: 4,
    lastState: `{terminated: {exitCode: 128, reason: StartError, message: ${JSON.stringify(message)}}}`,
  });

function pending(message: string): string {
  return `
phase: Pending
conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, lastTransitionTime: "2026-05-04T11:50:00Z", message: ${JSON.stringify(`0/1 nodes are available: 1 ${message}.`)}}]`;
}

const node = (more = '') => `
kind: Node
metadata: {name: node-1, labels: {kubernetes.io/hostname: node-1, disktype: ssd}}
${more}
status: {allocatable: {cpu: "4", memory: 8Gi, pods: "110"}, conditions: [{type: Ready, status: "True"}]}
---
`;

const inTemplate = '/spec/template/spec';

describe('remedies of pods that find no node', () => {
  const unplaced = (podSpec: string, message: string) => workloadYaml({ name: 'api', podSpec, status: pending(message), nodeName: null });

  it.each<[string, string, string, string]>([
    [
      'nodeSelector: {disk-type: ssd}',
      "node(s) didn't match Pod's node affinity/selector",
      '',
      `{"op":"add","path":"${inTemplate}/nodeSelector/disktype","value":"ssd"}`,
    ],
    [
      'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disktype, operator: In, values: [ssdd]}]}]}}}',
      "node(s) didn't match Pod's node affinity/selector",
      '',
      '"value":["ssd"]',
    ],
    [
      'tolerations: [{key: dedicated, operator: Equal, value: gpus, effect: NoSchedule}]',
      'node(s) had untolerated taint(s)',
      'spec: {taints: [{key: dedicated, value: gpu, effect: NoSchedule}]}',
      `{"op":"replace","path":"${inTemplate}/tolerations/0","value":{"key":"dedicated","operator":"Equal","value":"gpu","effect":"NoSchedule"}}`,
    ],
    [
      'topologySpreadConstraints: [{topologyKey: kubernetes.io/hostname, maxSkew: 1, minDomains: 2, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: api}}}]',
      "node(s) didn't match pod topology spread constraints",
      '',
      '"value":"ScheduleAnyway"',
    ],
  ])('%s', async (podSpec, message, ofNode, patch) => {
    expect((await proposed(unplaced(podSpec, message) + node(ofNode))).commands[0]).toContain(patch);
  });

  it('opens a cordoned node only by a person’s hand', async () => {
    const { commands, decisions } = await proposed(unplaced('', 'node(s) were unschedulable') + node('spec: {unschedulable: true}'));
    expect(commands).toEqual([]);
    expect(decisions).toEqual(['kubectl uncordon node-1']);
  });

  it('takes a nodeName away that no node has', async () => {
    const yaml = workloadYaml({ name: 'api', podSpec: 'nodeName: ghost', status: 'phase: Pending', nodeName: null });
    expect((await proposed(yaml + node())).commands[0]).toContain(`{"op":"remove","path":"${inTemplate}/nodeName"}`);
  });
});

describe('remedies of containers', () => {
  const at = `${inTemplate}/containers/0`;

  it.each<[string, string, string]>([
    [
      'command: [sh, -c, "wge -q http://x"]',
      'exec: "wge": executable file not found in $PATH',
      `{"op":"replace","path":"${at}/command/2","value":"wget -q http://x"}`,
    ],
    [
      'resources: {limits: {memory: 64m}}',
      'container init was OOM-killed (memory limit too low?)',
      `{"op":"replace","path":"${at}/resources/limits/memory","value":"64Mi"}`,
    ],
  ])('%s', async (container, message, patch) => {
    expect((await proposed(workloadYaml({ name: 'api', container: `image: app:1\n${container}`, status: notStarted(message) }))).commands[0]).toContain(patch);
  });

  it('lets a mounted script be executed', async () => {
    const yaml = workloadYaml({
      name: 'api',
      container: 'image: app:1\ncommand: [/scripts/run.sh]\nvolumeMounts: [{name: s, mountPath: /scripts}]',
      podSpec: 'volumes: [{name: s, configMap: {name: scripts}}]',
      status: notStarted('exec: "/scripts/run.sh": permission denied'),
    });
    expect((await proposed(`${yaml}kind: ConfigMap\nmetadata: {name: scripts}\ndata: {run.sh: echo}\n---\n`)).commands[0]).toContain(
      `{"op":"add","path":"${inTemplate}/volumes/0/configMap/defaultMode","value":493}`,
    );
  });

  it.each<[string, string, string]>([
    [
      'httpGet: {port: 8080, scheme: HTTPS}',
      'Get "https://10.0.0.1:8080/": http: server gave HTTP response to HTTPS client',
      `"path":"${at}/readinessProbe/httpGet/scheme","value":"HTTP"`,
    ],
    ['httpGet: {port: 8080, host: other}', 'no such host', `{"op":"remove","path":"${at}/readinessProbe/httpGet/host"}`],
    [
      'httpGet: {port: 8080}, timeoutSeconds: 2',
      'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      `"path":"${at}/readinessProbe/timeoutSeconds","value":10`,
    ],
  ])('%s', async (probe, output, patch) => {
    const yaml = workloadYaml({ name: 'api', container: `image: app:1\nreadinessProbe: {${probe}}`, status: running });
    expect((await proposed(yaml + podEventYaml('api', 'Unhealthy', `Readiness probe failed: ${output}`))).commands[0]).toContain(patch);
  });

  it('renames a misspelt variable, and copies a misspelt key and restarts who reads it', async () => {
    const logs = { 'api-5f4d-x1/app (previous)': ['sh: PAYMENT_REGION: parameter not set'] };
    const own = workloadYaml({ name: 'api', container: 'image: app:1\nenv: [{name: PAYMENT_REGOIN, value: eu}]', status: crashLoopStatus(2) });
    expect((await proposed(own, { logs })).commands[0]).toContain(`{"op":"replace","path":"${at}/env/0/name","value":"PAYMENT_REGION"}`);
    const whole = workloadYaml({ name: 'api', container: 'image: app:1\nenvFrom: [{configMapRef: {name: conf}}]', status: crashLoopStatus(2) });
    const { commands } = await proposed(`${whole}kind: ConfigMap\nmetadata: {name: conf}\ndata: {PAYMENT_REGOIN: eu}\n---\n`, { logs });
    expect(commands[0]).toContain('{"op":"add","path":"/data/PAYMENT_REGION","value":"eu"}');
    expect(commands[1]).toBe('rollout restart deployment/api -n shop');
  });

  it('gives a container that must not be root a user that is none', async () => {
    const message = 'container has runAsNonRoot and image will run as root (pod: x, container: app)';
    const status = unreadyStatus(`{waiting: {reason: CreateContainerConfigError, message: ${JSON.stringify(message)}}}`, { phase: 'Pending' });
    const yaml = workloadYaml({ name: 'api', container: 'image: app:1\nsecurityContext: {runAsNonRoot: true}', status });
    expect((await proposed(yaml)).commands[0]).toContain(`"path":"${at}/securityContext","value":{"runAsNonRoot":true,"runAsUser":10001}`);
  });

  it('says of a StatefulSet that its broken pod has to be deleted after the change', async () => {
    const set = workloadYaml({ name: 'api', container: 'image: app:1\nreadinessProbe: {httpGet: {port: 8080, scheme: HTTPS}}', status: running })
      .replace(/kind: ReplicaSet[\s\S]*?---\n/, '')
      .replaceAll('kind: ReplicaSet, name: api-5f4d', 'kind: StatefulSet, name: api')
      .replace('kind: Deployment', 'kind: StatefulSet');
    const event = podEventYaml('api', 'Unhealthy', 'Readiness probe failed: Get "https://10.0.0.1:8080/": http: server gave HTTP response to HTTPS client');
    expect((await proposed(set + event)).decisions).toEqual(['kubectl delete pod api-5f4d-x1 -n shop']);
  });

  it('never says nothing: what no state can mend is told with what is missing', async () => {
    const { commands } = await proposed(workloadYaml({ name: 'api', status: crashLoopStatus(0, 'Completed') }), {
      logs: { 'api-5f4d-x1/app (previous)': ['done'] },
    });
    expect(commands).toEqual([expect.stringContaining('Job or CronJob')]);
  });
});
