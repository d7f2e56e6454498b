import { describe, expect, it } from 'vitest';
import type { RemedyProposal } from '../../model/remedy.ts';
import { runDiagnosis, type TestEvidence } from '../../testing/index.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from '../../testing/workload-yaml.ts';
import { checkArguments } from '../guardrails.ts';
import { proposalFor } from '../planner.ts';
import { remedies } from './index.ts';

/** What is proposed for the only incident; every step must pass the guardrails. */
async function proposed(yaml: string, evidence: TestEvidence = {}) {
  const { incidents, view } = await runDiagnosis(yaml, { evidence });
  expect(incidents).toHaveLength(1);
  const [incident] = incidents;
  if (incident === undefined) throw new Error('no incident');
  const proposal = proposalFor(incident, view, remedies);
  if ('steps' in proposal) for (const step of proposal.steps) expect(checkArguments(step.kubectl ?? [])).toMatchObject({ allowed: true });
  return proposal;
}

function changesOf(proposal: RemedyProposal | { missing: string[] }): string[] {
  return 'steps' in proposal ? proposal.steps.filter(({ impact }) => impact !== 'none').map(({ kubectl }) => (kubectl ?? []).join(' ')) : proposal.missing;
}

function decisionsOf(proposal: RemedyProposal | { missing: string[] }): string[] {
  return 'steps' in proposal ? proposal.decisions.map(({ command }) => command) : [];
}

const log = (text: string): TestEvidence => ({ logs: { 'api-5f4d-x1/app (previous)': [text] } });
const crashing = (container: string, podSpec: string) => workloadYaml({ name: 'api', container, podSpec, status: crashLoopStatus(1) });

describe('remedies of volumes', () => {
  it('make room: in an emptyDir by a step, in a claim by a decision, where its class lets it grow', async () => {
    const scratch = crashing('volumeMounts: [{name: tmp, mountPath: /scratch}]', 'volumes: [{name: tmp, emptyDir: {sizeLimit: 16Mi}}]');
    expect(changesOf(await proposed(scratch, log('/scratch/x: no space left on device')))).toEqual([
      'patch deployment api --type=json -p [{"op":"replace","path":"/spec/template/spec/volumes/0/emptyDir/sizeLimit","value":"64Mi"}] -n shop',
    ]);
    const claim = (
      expands: boolean,
    ) => `${crashing('volumeMounts: [{name: d, mountPath: /data}]', 'volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]')}
kind: PersistentVolumeClaim
metadata: {name: d}
spec: {storageClassName: fast}
status: {phase: Bound, capacity: {storage: 1Gi}}
---
kind: StorageClass
metadata: {name: fast}
allowVolumeExpansion: ${expands}
---
`;
    const full = log('/data/x: no space left on device');
    const [grow] = decisionsOf(await proposed(claim(true), full));
    expect(grow).toContain('"storage":"2Gi"');
    expect(decisionsOf(await proposed(claim(false), full))).toEqual([]);
  });

  it('hand a volume over to the user of the pod', async () => {
    const yaml = crashing(
      'volumeMounts: [{name: k, mountPath: /keys}]',
      'securityContext: {runAsUser: 1000}\nvolumes: [{name: k, secret: {secretName: k, defaultMode: 256}}]',
    );
    const secret = 'kind: Secret\nmetadata: {name: k}\n---\n';
    expect(changesOf(await proposed(yaml + secret, log('/keys/a: permission denied')))).toEqual([
      'patch deployment api --type=json -p [{"op":"add","path":"/spec/template/spec/securityContext/fsGroup","value":1000}] -n shop',
    ]);
  });

  it('give a program a directory to write to where its root file system is read-only', async () => {
    const yaml = crashing('securityContext: {readOnlyRootFilesystem: true}', '');
    const [patch] = changesOf(await proposed(yaml, log('open /var/cache/app/index: read-only file system')));
    expect(patch).toContain('{"op":"add","path":"/spec/template/spec/volumes","value":[{"name":"writable-var-cache-app"');
    expect(patch).toContain('"mountPath":"/var/cache/app"');
  });

  it('let the kubelet create a host directory, and nothing but a directory or a file', async () => {
    const waiting = (type: string, word: string) =>
      workloadYaml({
        name: 'api',
        podSpec: `volumes: [{name: h, hostPath: {path: /opt/x, type: ${type}}}]`,
        status: unreadyStatus('{waiting: {reason: ContainerCreating}}', { phase: 'Pending' }),
      }) + podEventYaml('api', 'FailedMount', `MountVolume.SetUp failed for volume "h" : hostPath type check failed: /opt/x is not a ${word}`);
    const [patch] = changesOf(await proposed(waiting('Directory', 'directory')));
    expect(patch).toContain('"value":"DirectoryOrCreate"');
    expect(await proposed(waiting('Socket', 'socket file'))).toHaveProperty('missing');
  });
});

describe('remedies of runs', () => {
  const ended =
    '{startTime: "2026-05-04T11:50:00Z", conditions: [{type: Failed, status: "True", reason: DeadlineExceeded, message: over, lastTransitionTime: "2026-05-04T11:51:00Z"}]}';

  it('change a CronJob in place, and spell out the Job that has to be made anew', async () => {
    const job = `
kind: Job
metadata: {name: load, labels: {team: a, controller-uid: u1}}
spec: {activeDeadlineSeconds: 60, selector: {matchLabels: {controller-uid: u1}}, template: {metadata: {labels: {app: load, controller-uid: u1}}, spec: {restartPolicy: Never, containers: [{name: app, image: "a:1"}]}}}
status: ${ended}
---
`;
    const [command = ''] = decisionsOf(await proposed(job));
    expect(command).toMatch(/^kubectl delete job load -n shop && echo .*"activeDeadlineSeconds":240.* \| kubectl create -f -$/);
    expect(command).toContain('"labels":{"app":"load"}');
    expect(command).not.toContain('u1');
    const run = job.replace('name: load,', 'name: load, ownerReferences: [{kind: CronJob, name: nightly}],');
    const cronJob = `
kind: CronJob
metadata: {name: nightly}
spec: {schedule: "0 2 * * *", jobTemplate: {spec: {activeDeadlineSeconds: 60, template: {spec: {containers: [{name: app, image: "a:1"}]}}}}}
status: {lastScheduleTime: "2026-05-04T11:50:00Z"}
---
`;
    expect(changesOf(await proposed(run + cronJob))).toEqual([
      'patch cronjob nightly --type=json -p [{"op":"replace","path":"/spec/jobTemplate/spec/activeDeadlineSeconds","value":240}] -n shop',
    ]);
  });

  it('keep the next failed run', async () => {
    const yaml = `
kind: CronJob
metadata: {name: nightly, creationTimestamp: "2026-05-01T00:00:00Z"}
spec: {schedule: "0 * * * *", failedJobsHistoryLimit: 0, jobTemplate: {spec: {template: {spec: {containers: []}}}}}
status: {lastScheduleTime: "2026-05-04T11:00:00Z"}
---
`;
    expect(changesOf(await proposed(yaml))).toEqual([
      'patch cronjob nightly --type=json -p [{"op":"add","path":"/spec/failedJobsHistoryLimit","value":1}] -n shop',
    ]);
  });
});

describe('remedies of controllers', () => {
  it('let an autoscaler go on from its least', async () => {
    const zero = workloadYaml({ name: 'api' })
      .replaceAll('replicas: 1', 'replicas: 0')
      .replace(/kind: Pod\n[\s\S]*$/, '');
    const hpa =
      'kind: HorizontalPodAutoscaler\nmetadata: {name: api}\nspec: {minReplicas: 2, maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}}\n---\n';
    expect(changesOf(await proposed(zero + hpa))).toEqual(['scale deployment/api --replicas=2 -n shop']);
  });

  it('set the limit that a default would make too small', async () => {
    const message =
      'Pod "api-1" is invalid: spec.containers[0].resources.requests: Invalid value: "512Mi": must be less than or equal to memory limit of 256Mi';
    const yaml = `
kind: Deployment
metadata: {name: api, generation: 1}
spec: {replicas: 1, selector: {}, template: {spec: {containers: [{name: app, image: "a:1", resources: {requests: {memory: 512Mi}}}]}}}
status: {observedGeneration: 1}
---
kind: ReplicaSet
metadata: {name: api-1, ownerReferences: [{kind: Deployment, name: api}]}
spec: {replicas: 1}
status: {replicas: 0, conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate, message: ${JSON.stringify(message)}}]}
---
kind: LimitRange
metadata: {name: d}
spec: {limits: [{type: Container, default: {memory: 256Mi}}]}
---
`;
    expect(changesOf(await proposed(yaml))).toEqual(['set resources deployment/api --limits=memory=512Mi -n shop']);
  });

  it('create a ServiceAccount that running pods need, never a Secret', async () => {
    const account = workloadYaml({ name: 'api', podSpec: 'serviceAccountName: robot' });
    expect(changesOf(await proposed(account))).toEqual(['create serviceaccount robot -n shop']);
    expect(await proposed(workloadYaml({ name: 'api', container: 'envFrom: [{secretRef: {name: keys}}]' }))).toHaveProperty('missing');
  });
});
