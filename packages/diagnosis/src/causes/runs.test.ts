import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';

async function incidentsOf(yaml: string, evidence = {}) {
  const { incidents } = await runDiagnosis(yaml, { evidence });
  return incidents.map(({ mechanism, cause, sentence }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, sentence }));
}

const template = 'template: {spec: {containers: [{name: app, image: "a:1"}]}}';

describe('Jobs', () => {
  const job = (status: string, spec = '') => `
kind: Job
metadata: {name: load}
spec: {${spec}${template}}
status: ${status}
---
`;
  const failedPod = (name: string, minute: number) => `
kind: Pod
metadata: {name: ${name}, creationTimestamp: "2026-05-04T11:${minute}:00Z", ownerReferences: [{kind: Job, name: load}]}
spec: {restartPolicy: Never, containers: [{name: app, image: "a:1"}]}
status:
  phase: Failed
  startTime: "2026-05-04T11:${minute}:00Z"
  containerStatuses: [{name: app, ready: false, restartCount: 0, state: {terminated: {exitCode: 1, reason: Error, finishedAt: "2026-05-04T11:${minute}:05Z"}}}]
---
`;
  const pods = failedPod('load-a', 50) + failedPod('load-b', 52);
  const logs = { logs: { 'load-b/app': ['KeyError: missing required environment variable TARGET'] } };

  it('tells why a Job keeps failing before it gives up', async () => {
    const trying = job('{failed: 2, startTime: "2026-05-04T11:50:00Z"}');
    expect(await incidentsOf(trying + pods, logs)).toMatchObject([{ cause: 'Job load', mechanism: 'environment-variable-missing' }]);
    expect(await incidentsOf(job('{failed: 1, startTime: "2026-05-04T11:50:00Z"}') + failedPod('load-a', 50), logs)).toEqual([]);
    const done = job('{failed: 2, succeeded: 1, startTime: "2026-05-04T11:50:00Z", conditions: [{type: Complete, status: "True"}]}');
    expect(await incidentsOf(done + pods, logs)).toEqual([]);
  });

  it('leaves a Job alone whose next pod outlives the failed ones', async () => {
    const running = `
kind: Pod
metadata: {name: load-c, ownerReferences: [{kind: Job, name: load}]}
spec: {containers: [{name: app, image: "a:1"}]}
status:
  phase: Running
  startTime: "2026-05-04T11:56:00Z"
  conditions: [{type: Ready, status: "True"}]
  containerStatuses: [{name: app, ready: true, restartCount: 0, state: {running: {startedAt: "2026-05-04T11:56:00Z"}}}]
---
`;
    expect(await incidentsOf(job('{failed: 2, active: 1, startTime: "2026-05-04T11:50:00Z"}') + pods + running, logs)).toEqual([]);
  });

  it('names the deadline that ended a Job, and the failed indexes', async () => {
    const ended = (reason: string, more = '') =>
      `{startTime: "2026-05-04T11:50:00Z", conditions: [{type: Failed, status: "True", reason: ${reason}, message: over, lastTransitionTime: "2026-05-04T11:51:00Z"}]${more}}`;
    const [deadline] = await incidentsOf(job(ended('DeadlineExceeded'), 'activeDeadlineSeconds: 60, '));
    expect(deadline).toMatchObject({ mechanism: 'job-deadline-exceeded', cause: 'Job load' });
    expect(deadline?.sentence).toContain('activeDeadlineSeconds 60');
    const [indexes] = await incidentsOf(job(ended('FailedIndexes', ', failedIndexes: "1,3"'), 'completionMode: Indexed, '));
    expect(indexes?.sentence).toContain('failed indexes: 1,3');
  });
});

describe('CronJobs', () => {
  const cronJob = (spec: string, status = '{}') => `
kind: CronJob
metadata: {name: nightly, creationTimestamp: "2026-05-01T00:00:00Z"}
spec: {${spec}, jobTemplate: {spec: {${template}}}}
status: ${status}
---
`;

  it('knows a day that never comes without any event', async () => {
    expect(await incidentsOf(cronJob('schedule: "0 4 31 2 *"'))).toMatchObject([{ mechanism: 'cronjob-schedule-invalid', cause: 'CronJob nightly' }]);
    expect(await incidentsOf(cronJob('schedule: "0 4 29 2 *"'))).toEqual([]);
  });

  it('sees that two runs in a row did not start', async () => {
    const ran = (at: string) => `{lastScheduleTime: "${at}", lastSuccessfulTime: "${at}"}`;
    expect(await incidentsOf(cronJob('schedule: "*/10 * * * *"', ran('2026-05-04T11:20:00Z')))).toMatchObject([{ mechanism: 'cronjob-runs-not-started' }]);
    expect(await incidentsOf(cronJob('schedule: "*/10 * * * *"', ran('2026-05-04T11:50:00Z')))).toEqual([]);
    expect(await incidentsOf(cronJob('schedule: "*/10 * * * *", suspend: true', ran('2026-05-04T10:00:00Z')))).toEqual([]);
    expect(await incidentsOf(cronJob('schedule: "0 6 * * *"', ran('2026-05-02T06:00:00Z')))).toEqual([]);
    expect(await incidentsOf(cronJob('schedule: "0 6 * * *", timeZone: Asia/Tokyo', ran('2026-05-01T21:00:00Z')))).toMatchObject([
      { mechanism: 'cronjob-runs-not-started' },
    ]);
  });

  it('tells of runs that fail and are thrown away, not of good ones that are', async () => {
    const status = (success: string) => `{lastScheduleTime: "2026-05-04T11:00:00Z", lastSuccessfulTime: "${success}"}`;
    const spec = 'schedule: "0 * * * *", failedJobsHistoryLimit: 0, successfulJobsHistoryLimit: 0';
    expect(await incidentsOf(cronJob(spec, status('2026-05-04T09:01:00Z')))).toMatchObject([{ mechanism: 'cronjob-runs-fail-unseen' }]);
    expect(await incidentsOf(cronJob(spec, status('2026-05-04T11:01:00Z')))).toEqual([]);
  });
});
