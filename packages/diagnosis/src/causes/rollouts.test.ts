import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';

async function incidentsOf(yaml: string) {
  const { incidents } = await runDiagnosis(yaml);
  return incidents.map(({ mechanism, cause, sentence }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, sentence }));
}

describe('a rolling update', () => {
  const set = (revision: number, replicas: number) => `
kind: ReplicaSet
metadata: {name: web-${revision}, annotations: {deployment.kubernetes.io/revision: "${revision}"}, ownerReferences: [{kind: Deployment, name: web}]}
spec: {replicas: ${replicas}}
status: {replicas: ${replicas}, readyReplicas: 0}
---
`;
  const pod = (message = '') => `
kind: Pod
metadata: {name: web-2-a, labels: {pod-template-hash: "2"}, ownerReferences: [{kind: ReplicaSet, name: web-2}]}
spec: {nodeName: node-1, initContainers: [{name: wait, image: "a:1"}], containers: [{name: app, image: "a:1"}]}
status:
  phase: Pending
  startTime: "2026-05-04T11:50:00Z"
  conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-05-04T11:50:00Z"}]
  initContainerStatuses: [{name: wait, ready: false, restartCount: 0, state: ${message === '' ? '{running: {startedAt: "2026-05-04T11:50:05Z"}}' : message}}]
---
kind: Node
metadata: {name: node-1}
status: {conditions: [{type: Ready, status: "True"}]}
---
`;
  const web = (strategy: string) => `
kind: Deployment
metadata: {name: web, generation: 2}
spec: {replicas: 3, strategy: ${strategy}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {initContainers: [{name: wait, image: "a:1"}], containers: [{name: app, image: "a:1"}]}}}
status: {observedGeneration: 2, replicas: 3, readyReplicas: 0, updatedReplicas: 3}
---
`;
  const all = '{type: RollingUpdate, rollingUpdate: {maxUnavailable: 100%, maxSurge: 0}}';

  it('that may take everything down, and did, is named with its numbers', async () => {
    const [incident, ...others] = await incidentsOf(web(all) + set(1, 0) + set(2, 3) + pod());
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'rollout-took-all-down', cause: 'Deployment web' });
    expect(incident?.sentence).toMatch(/maxUnavailable 100%.*revision 1.*revision 2/);
  });

  it('is not named where the new pods say why, where it was the first revision, or where Recreate says so', async () => {
    const pulled = pod('{waiting: {reason: ImagePullBackOff, message: "manifest for a:1 not found"}}');
    expect(await incidentsOf(web(all) + set(1, 0) + set(2, 3) + pulled)).toMatchObject([{ mechanism: 'image-unavailable' }]);
    expect(await incidentsOf(web(all) + set(2, 3) + pod())).toMatchObject([{ mechanism: 'init-does-not-end' }]);
    expect(await incidentsOf(web('{type: Recreate}') + set(1, 0) + set(2, 3) + pod())).toMatchObject([{ mechanism: 'init-does-not-end' }]);
  });
});

describe('a run that takes too long', () => {
  const run = (name: string, status: string) => `
kind: Job
metadata: {name: ${name}, ownerReferences: [{kind: CronJob, name: nightly}]}
spec: {template: {spec: {containers: []}}}
status: ${status}
---
`;
  const done = (hour: string) =>
    run(
      `nightly-${hour}`,
      `{startTime: "2026-05-04T${hour}:00:00Z", completionTime: "2026-05-04T${hour}:01:00Z", succeeded: 1, conditions: [{type: Complete, status: "True"}]}`,
    );
  const cronJob =
    'kind: CronJob\nmetadata: {name: nightly}\nspec: {schedule: "0 * * * *", jobTemplate: {spec: {template: {spec: {containers: []}}}}}\nstatus: {lastScheduleTime: "2026-05-04T11:40:00Z", active: [{name: nightly-now}]}\n---\n';
  const now = (since: string) => run('nightly-now', `{active: 1, startTime: "2026-05-04T${since}:00Z"}`);

  it('is measured by the runs before it', async () => {
    const history = done('08') + done('09') + done('10');
    expect(await incidentsOf(cronJob + history + now('11:40'))).toMatchObject([{ mechanism: 'job-runs-long', cause: 'CronJob nightly' }]);
    expect(await incidentsOf(cronJob + history + now('11:55'))).toEqual([]);
    expect(await incidentsOf(cronJob + done('10') + now('11:40'))).toEqual([]);
  });
});
