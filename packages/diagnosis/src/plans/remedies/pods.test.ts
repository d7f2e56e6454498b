import { describe, expect, it } from 'vitest';
import type { RemedyProposal } from '../../model/remedy.ts';
import { runDiagnosis, type TestEvidence } from '../../testing/index.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from '../../testing/workload-yaml.ts';
import { checkArguments, checkCommandLine } from '../guardrails.ts';
import { remedies } from './index.ts';
import { jsonPointer } from './step.ts';

/** What is proposed for the only incident; every step and rollback must pass the guardrails. */
async function proposed(yaml: string, evidence: TestEvidence = {}): Promise<RemedyProposal | { missing: string[] }> {
  const { incidents, view } = await runDiagnosis(yaml, { evidence });
  expect(incidents).toHaveLength(1);
  const [incident] = incidents;
  const remedy = remedies.find((candidate) => incident !== undefined && candidate.mechanisms.includes(incident.mechanism));
  if (incident === undefined || remedy === undefined) throw new Error('no remedy');
  const proposal = remedy.propose(incident, view);
  if ('steps' in proposal) {
    for (const step of proposal.steps) expect(checkArguments(step.kubectl ?? [])).toMatchObject({ allowed: true });
  }
  return proposal;
}

async function commands(yaml: string, evidence?: TestEvidence): Promise<string[]> {
  const proposal = await proposed(yaml, evidence);
  return 'steps' in proposal ? proposal.steps.map((step) => (step.kubectl ?? []).join(' ')) : proposal.missing;
}

const notFound = unreadyStatus('{waiting: {reason: ImagePullBackOff, message: "local/nginx:2: not found"}}', { phase: 'Pending' });

describe('remedies of pods', () => {
  it('sets an image to a tag of the same repository that runs well', async () => {
    const yaml =
      workloadYaml({ name: 'api', container: 'image: local/nginx:2', status: notFound }) + workloadYaml({ name: 'admin', container: 'image: local/nginx:1' });
    expect(await commands(yaml)).toEqual(['set image deployment/api app=local/nginx:1 -n shop']);
  });

  it('says what is missing where no other image is known', async () => {
    expect(await proposed(workloadYaml({ name: 'api', container: 'image: local/nginx:2', status: notFound }))).toMatchObject({
      missing: [expect.stringContaining('registry')],
    });
  });

  it('rolls back to the revision that still serves', async () => {
    const old = `
kind: ReplicaSet
metadata:
  name: api-old
  annotations: {deployment.kubernetes.io/revision: "1"}
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: api, controller: true}]
spec: {replicas: 1}
status: {replicas: 1, readyReplicas: 1}
---
`;
    const yaml = workloadYaml({ name: 'api', container: 'image: local/nginx:2', status: notFound }).replace('revision: "1"', 'revision: "2"');
    expect(await commands(yaml + old)).toEqual(['rollout undo deployment/api --to-revision=1 -n shop']);
  });

  it('points a probe at the port that the program listens on', async () => {
    const lastState = '{terminated: {exitCode: 137, reason: Error, startedAt: "2026-05-04T11:59:00Z", finishedAt: "2026-05-04T11:59:20Z"}}';
    const status = unreadyStatus('{waiting: {reason: CrashLoopBackOff}}', { restarts: 4, lastState });
    const yaml =
      workloadYaml({ name: 'api', container: 'image: app:1\nports: [{containerPort: 8080}]\nlivenessProbe: {tcpSocket: {port: 8081}}', status }) +
      podEventYaml('api', 'Unhealthy', 'Liveness probe failed: dial tcp 10.0.0.1:8081: connect: connection refused') +
      podEventYaml('api', 'Killing', 'Container app failed liveness probe, will be restarted');
    const [command] = await commands(yaml);
    expect(command).toContain('[{"op":"replace","path":"/spec/template/spec/containers/0/livenessProbe/tcpSocket/port","value":8080}]');
  });

  it('asks only for the port where no path is known to answer, and for the known path otherwise', async () => {
    const status = unreadyStatus('{running: {startedAt: "2026-05-04T11:00:05Z"}}').replace('started: false', 'started: true');
    const event = podEventYaml('api', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 404');
    const yaml = (more: string) =>
      workloadYaml({ name: 'api', container: `image: app:1\nreadinessProbe: {httpGet: {path: /readyz, port: 8080}}${more}`, status }) + event;
    expect((await commands(yaml('')))[0]).toContain('"path":"/spec/template/spec/containers/0/readinessProbe/tcpSocket","value":{"port":8080}');
    expect((await commands(yaml('\nlivenessProbe: {httpGet: {path: /healthz, port: 8080}}')))[0]).toContain('readinessProbe/httpGet/path","value":"/healthz"');
  });

  it('raises a memory limit and says that the need was not measured', async () => {
    const proposal = await proposed(
      workloadYaml({ name: 'api', container: 'image: app:1\nresources: {limits: {memory: 64Mi}}', status: crashLoopStatus(137, 'OOMKilled') }),
    );
    expect(proposal).toMatchObject({
      steps: [{ kubectl: expect.arrayContaining([expect.stringContaining('"value":"512Mi"')]) }],
      assumptions: [expect.stringContaining('not measured'), expect.anything()],
    });
  });

  it('corrects a reference in its exact place, with the patch that takes it back', async () => {
    const status = unreadyStatus('{waiting: {reason: CreateContainerConfigError, message: "secret \\"db-credential\\" not found"}}', { phase: 'Pending' });
    const yaml = `${workloadYaml({ name: 'api', container: 'image: app:1\nenvFrom: [{secretRef: {name: db-credential}}]', status })}kind: Secret\nmetadata: {name: db-credentials}\n---\n`;
    const proposal = await proposed(yaml);
    const step = 'steps' in proposal ? proposal.steps[0] : undefined;
    expect(step?.kubectl).toContain('[{"op":"replace","path":"/spec/template/spec/containers/0/envFrom/0/secretRef/name","value":"db-credentials"}]');
    expect(step?.rollback).toContain('"value":"db-credential"}');
    expect(checkCommandLine(step?.rollback ?? '')).toMatchObject({ allowed: true });
  });

  it('never makes up the value of a variable', async () => {
    const logs = { 'api-5f4d-x1/app (previous)': ['sh: REGION: parameter not set'] };
    expect(await proposed(workloadYaml({ name: 'api', status: crashLoopStatus(2) }), { logs })).toMatchObject({ missing: [expect.stringContaining('REGION')] });
  });

  it('lets the default scheduler place what no scheduler looks at', async () => {
    const yaml = workloadYaml({ name: 'api', podSpec: 'schedulerName: volcano', status: 'phase: Pending', nodeName: null });
    expect((await commands(yaml))[0]).toContain('"path":"/spec/template/spec/schedulerName","value":"default-scheduler"');
  });
});

describe('jsonPointer', () => {
  it('escapes keys and keeps indices', () => {
    expect(jsonPointer('spec.template.spec.nodeSelector["kubernetes.io/os"]')).toBe('/spec/template/spec/nodeSelector/kubernetes.io~1os');
    expect(jsonPointer('spec.containers[0].env[12].value')).toBe('/spec/containers/0/env/12/value');
  });
});
