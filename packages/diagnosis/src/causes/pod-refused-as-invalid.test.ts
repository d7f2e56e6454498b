import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';

async function incidentsOf(yaml: string) {
  const { incidents } = await runDiagnosis(yaml);
  return incidents.map(({ mechanism, cause, sentence }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, sentence }));
}

const refusedSet = (message: string, resources = '{requests: {memory: 512Mi}}') => `
kind: StatefulSet
metadata: {name: db, generation: 1}
spec: {replicas: 2, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: app, image: "app:1", resources: ${resources}}]}}}
status: {observedGeneration: 1, replicas: 0}
---
${event('StatefulSet', 'db', 'FailedCreate', message)}`;

function event(kind: string, name: string, reason: string, message: string): string {
  return `
kind: Event
metadata: {name: ${name}.1}
involvedObject: {apiVersion: ${kind === 'CronJob' ? 'batch' : 'apps'}/v1, kind: ${kind}, namespace: shop, name: ${name}}
type: Warning
reason: ${reason}
message: ${JSON.stringify(message)}
count: 4
firstTimestamp: 2026-05-04T11:50:00Z
lastTimestamp: 2026-05-04T11:59:00Z
---
`;
}

const range = 'kind: LimitRange\nmetadata: {name: defaults}\nspec: {limits: [{type: Container, default: {memory: 256Mi}}]}\n---\n';
const belowRequest =
  'create Pod db-0 in StatefulSet db failed error: Pod "db-0" is invalid: spec.containers[0].resources.requests: Invalid value: "512Mi": must be less than or equal to memory limit of 256Mi';

describe('pods that are refused for what is in them', () => {
  it('names the LimitRange whose default contradicts the request', async () => {
    const [incident, ...others] = await incidentsOf(refusedSet(belowRequest) + range);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'default-limit-below-request', cause: 'LimitRange defaults' });
    expect(incident?.sentence).toMatch(/512Mi.*256Mi/);
  });

  it('names the workload that sets the limit itself', async () => {
    const yaml = refusedSet(belowRequest, '{requests: {memory: 512Mi}, limits: {memory: 256Mi}}');
    expect(await incidentsOf(yaml + range)).toMatchObject([{ mechanism: 'pod-invalid', cause: 'StatefulSet db' }]);
  });

  it('names the quota that refuses what is made before the pods: claims, ReplicaSets, Jobs', async () => {
    const quota = 'kind: ResourceQuota\nmetadata: {name: team}\nspec: {hard: {requests.storage: 5Gi}}\n---\n';
    const exceeded = (what: string, resource: string) =>
      `${what} is forbidden: exceeded quota: team, requested: ${resource}=10, used: ${resource}=1, limited: ${resource}=5`;
    const claims = `create Claim data-db-0 for Pod db-0 in StatefulSet db failed error: ${exceeded('persistentvolumeclaims "data-db-0"', 'requests.storage')}`;
    expect(await incidentsOf(refusedSet(claims) + quota)).toMatchObject([{ mechanism: 'quota-exceeded', cause: 'ResourceQuota team' }]);
    const cronJob = 'kind: CronJob\nmetadata: {name: nightly}\nspec: {schedule: "* * * * *", jobTemplate: {spec: {template: {spec: {containers: []}}}}}\n---\n';
    const jobs = event('CronJob', 'nightly', 'FailedCreate', `Error creating job: ${exceeded('jobs.batch "nightly-1"', 'count/jobs.batch')}`);
    expect(await incidentsOf(cronJob + jobs + quota)).toMatchObject([{ mechanism: 'quota-exceeded', cause: 'ResourceQuota team' }]);
    expect(await incidentsOf(cronJob.replace('spec: {', 'spec: {suspend: true, ') + jobs + quota)).toEqual([]);
    const deployment = `
kind: Deployment
metadata: {name: web, generation: 2}
spec: {replicas: 1, selector: {}}
status: {observedGeneration: 2, conditions: [{type: Progressing, status: "False", reason: ReplicaSetCreateError, message: ${JSON.stringify(exceeded('replicasets.apps "web-1"', 'count/replicasets.apps'))}}]}
---
`;
    expect(await incidentsOf(deployment + quota)).toMatchObject([{ mechanism: 'quota-exceeded', cause: 'ResourceQuota team' }]);
  });

  it('says nothing of what a namespace refuses because it is being deleted', async () => {
    const ending = 'kind: Namespace\nmetadata: {name: shop, deletionTimestamp: "2026-05-04T11:59:50Z"}\n---\n';
    const refused = refusedSet('pods "db-0" is forbidden: unable to create new content in namespace shop because it is being terminated');
    expect(await incidentsOf(ending + refused)).toEqual([]);
  });
});
