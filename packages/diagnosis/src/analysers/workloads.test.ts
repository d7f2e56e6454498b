import { describe, expect, it } from 'vitest';
import { runAnalyser } from '../testing/index.ts';
import { readyStatus, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';
import { cronJobSchedule } from './cronjob-schedule.ts';
import { jobOutcome } from './job-outcome.ts';
import { podTermination } from './pod-termination.ts';
import { deploymentAvailability } from './workload-availability.ts';
import { replicaSetFailure } from './workload-replica-failure.ts';

const codes = (findings: readonly { code: string; object: { name: string } }[]) => findings.map(({ code, object }) => `${code} ${object.name}`);

describe('jobs', () => {
  const run = (name: string, startTime: string, status: string) => `
kind: Job
metadata: {name: ${name}, ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, uid: u1, controller: true}]}
status: {startTime: "${startTime}", ${status}}
---
`;
  const failed = run(
    'nightly-1',
    '2026-05-04T11:00:00Z',
    'conditions: [{type: Failed, status: "True", reason: BackoffLimitExceeded, message: gave up, lastTransitionTime: "2026-05-04T11:01:00Z"}]',
  );

  it('reports a failed run until a later one succeeds', () => {
    expect(codes(runAnalyser(jobOutcome, failed))).toEqual(['job-failed nightly-1']);
    expect(runAnalyser(jobOutcome, failed + run('nightly-2', '2026-05-04T11:30:00Z', 'succeeded: 1'))).toEqual([]);
  });

  it('reports only the latest of many failed runs', () => {
    const later = failed.replace('nightly-1', 'nightly-2').replace('T11:00:00Z', 'T11:30:00Z');
    expect(codes(runAnalyser(jobOutcome, failed + later))).toEqual(['job-failed nightly-2']);
  });

  it('sees the sidecar that keeps a finished Job from ending', () => {
    const job = 'kind: Job\nmetadata: {name: seed}\nspec: {}\nstatus: {active: 1}\n---\n';
    const pod = (finishedAt: string) => `
kind: Pod
metadata: {name: seed-x, ownerReferences: [{apiVersion: batch/v1, kind: Job, name: seed, controller: true}]}
spec: {restartPolicy: Never, containers: [{name: work, image: a}, {name: proxy, image: b}]}
status:
  phase: Running
  containerStatuses:
    - {name: work, ready: false, restartCount: 0, state: {terminated: {exitCode: 0, finishedAt: "${finishedAt}"}}}
    - {name: proxy, ready: true, restartCount: 0, state: {running: {startedAt: "2026-05-04T11:00:00Z"}}}
`;
    expect(codes(runAnalyser(jobOutcome, job + pod('2026-05-04T11:30:00Z')))).toEqual(['job-not-ending seed']);
    expect(runAnalyser(jobOutcome, job + pod('2026-05-04T11:59:50Z'))).toEqual([]);
  });

  it('takes one skipped run under Forbid, and a suspended CronJob, for what they are', () => {
    const cron = (spec: string, count: number) => `
kind: CronJob
metadata: {name: nightly}
spec: {schedule: "* * * * *", ${spec}}
---
kind: Event
metadata: {name: e1}
involvedObject: {apiVersion: batch/v1, kind: CronJob, namespace: shop, name: nightly}
type: Warning
reason: JobAlreadyActive
message: Not starting job because prior execution is running
count: ${count}
lastTimestamp: 2026-05-04T11:59:50Z
`;
    expect(codes(runAnalyser(cronJobSchedule, cron('suspend: false', 9)))).toEqual(['cronjob-not-running nightly']);
    expect(runAnalyser(cronJobSchedule, cron('suspend: false', 1))).toEqual([]);
    expect(runAnalyser(cronJobSchedule, cron('suspend: true', 9))).toEqual([]);
  });
});

describe('workloads', () => {
  const crashing = unreadyStatus('{waiting: {reason: CrashLoopBackOff}}', { restarts: 3 });

  it('reports missing pods, but not those on their ordinary way up, nor what is scaled to zero', () => {
    const api = workloadYaml({ name: 'api', status: crashing });
    expect(codes(runAnalyser(deploymentAvailability, api))).toEqual(['workload-unavailable api']);
    const starting = workloadYaml({
      name: 'api',
      container: 'image: a\nstartupProbe: {tcpSocket: {port: 1}, failureThreshold: 900}',
      status: unreadyStatus('{running: {startedAt: "2026-05-04T11:50:00Z"}}'),
    });
    expect(runAnalyser(deploymentAvailability, starting)).toEqual([]);
    expect(runAnalyser(deploymentAvailability, api.replaceAll('replicas: 1', 'replicas: 0'))).toEqual([]);
    expect(runAnalyser(deploymentAvailability, workloadYaml({ name: 'api', status: readyStatus }))).toEqual([]);
  });

  it('keeps the exact message of pods that the API server refuses', () => {
    const set = (message: string) => `
kind: ReplicaSet
metadata: {name: api-1}
spec: {replicas: 2}
status: {replicas: 0, conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate, message: ${JSON.stringify(message)}}]}
`;
    const message = 'pods "api-1-" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=2, limited: pods=2';
    expect(runAnalyser(replicaSetFailure, set(message))).toMatchObject([{ code: 'workload-replica-failure', facts: { message } }]);
    expect(runAnalyser(replicaSetFailure, set(message).replace('replicas: 0', 'replicas: 2'))).toEqual([]);
  });
});

describe('evictions', () => {
  const evicted = (startTime: string) => `
kind: Pod
metadata: {name: api-1}
spec: {nodeName: node-1, containers: [{name: app, image: a}]}
status: {phase: Failed, reason: Evicted, message: "The node was low on resource: memory.", startTime: "${startTime}"}
`;

  it('reports a recent eviction and not the garbage of an old one', () => {
    expect(codes(runAnalyser(podTermination, evicted('2026-05-04T11:55:00Z')))).toEqual(['pod-evicted api-1']);
    expect(runAnalyser(podTermination, evicted('2026-05-03T11:55:00Z'))).toEqual([]);
  });
});
