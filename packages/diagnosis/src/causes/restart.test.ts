import { describe, expect, it } from 'vitest';
import { type DiagnosisOptions, runDiagnosis } from '../testing/index.ts';
import { unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';

async function incidentsOf(yaml: string, options: DiagnosisOptions = {}) {
  const { incidents } = await runDiagnosis(yaml, options);
  return incidents.map(({ mechanism, cause, causeExists, sentence }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, causeExists, sentence }));
}

describe('what runs and could not start again', () => {
  const api = (reference: string, more: { status?: string } = {}) => workloadYaml({ name: 'api', container: reference, ...more });

  it('names the object that is gone, or the key', async () => {
    const gone = await incidentsOf(api('envFrom: [{configMapRef: {name: conf}}]'));
    expect(gone).toMatchObject([{ mechanism: 'needed-object-gone', cause: 'ConfigMap conf', causeExists: false }]);
    const conf = 'kind: ConfigMap\nmetadata: {name: conf}\ndata: {A: "1"}\n---\n';
    const key = await incidentsOf(`${api('env: [{name: B, valueFrom: {configMapKeyRef: {name: conf, key: B}}}]')}${conf}`);
    expect(key).toMatchObject([{ mechanism: 'needed-object-gone', cause: 'ConfigMap conf', causeExists: true }]);
    expect(key[0]?.sentence).toContain('key B');
  });

  it('says nothing of what is optional, what was not read, what is at zero, and what already fails', async () => {
    expect(await incidentsOf(api('envFrom: [{configMapRef: {name: conf, optional: true}}]'))).toEqual([]);
    expect(await incidentsOf(api('envFrom: [{secretRef: {name: keys}}]'), { coverage: { Secret: 'forbidden' } })).toEqual([]);
    expect(await incidentsOf(api('envFrom: [{configMapRef: {name: conf}}]').replaceAll('replicas: 1', 'replicas: 0'))).toEqual([]);
    const waiting = unreadyStatus('{waiting: {reason: CreateContainerConfigError, message: \'configmap "conf" not found\'}}');
    expect(await incidentsOf(api('envFrom: [{configMapRef: {name: conf}}]', { status: waiting }))).toMatchObject([{ mechanism: 'reference-missing' }]);
  });

  it('sees the next run of a CronJob, and which name was meant', async () => {
    const cronJob = (suspend: boolean) => `
kind: CronJob
metadata: {name: nightly}
spec: {schedule: "0 2 * * *", suspend: ${suspend}, jobTemplate: {spec: {template: {spec: {serviceAccountName: reportr, containers: [{name: app, image: "a:1"}]}}}}}
status: {lastScheduleTime: "2026-05-04T02:00:00Z", lastSuccessfulTime: "2026-05-04T02:01:00Z"}
---
kind: ServiceAccount
metadata: {name: reporter}
---
`;
    expect(await incidentsOf(cronJob(false))).toMatchObject([{ mechanism: 'needed-object-gone', cause: 'CronJob nightly' }]);
    expect(await incidentsOf(cronJob(true))).toEqual([]);
  });

  const quota = 'kind: ResourceQuota\nmetadata: {name: team}\nspec: {hard: {limits.memory: 1Gi}}\n---\n';

  it('names the quota that would refuse what runs', async () => {
    expect(await incidentsOf(api('image: "a:1"') + quota)).toMatchObject([{ mechanism: 'quota-would-refuse', cause: 'ResourceQuota team' }]);
    const range = 'kind: LimitRange\nmetadata: {name: d}\nspec: {limits: [{type: Container, default: {memory: 64Mi}}]}\n---\n';
    expect(await incidentsOf(api('image: "a:1"') + quota + range)).toEqual([]);
    expect(await incidentsOf(api('resources: {limits: {memory: 64Mi}}') + quota)).toEqual([]);
    expect(await incidentsOf(api('image: "a:1"') + quota.replace('spec: {', 'spec: {scopes: [Terminating], '))).toEqual([]);
  });
});
