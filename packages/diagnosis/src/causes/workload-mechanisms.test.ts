import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';

const healthy = workloadYaml({ name: 'neighbour' });
const log = (name: string, text: string) => ({ logs: { [`${name}-5f4d-x1/app (previous)`]: text.split('\n') } });

async function incidentsOf(yaml: string, evidence = {}) {
  const { incidents } = await runDiagnosis(`${healthy}${yaml}`, { evidence });
  return incidents.map(({ mechanism, cause, sentence }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, sentence }));
}

describe('settings', () => {
  it('blames the ConfigMap whose value the program rejects, not the program', async () => {
    const yaml = `${workloadYaml({ name: 'api', container: 'envFrom: [{configMapRef: {name: api-env}}]', status: crashLoopStatus(1) })}
kind: ConfigMap
metadata: {name: api-env}
data: {PORT: eighty, MODE: fast}
---
`;
    const trace = `Traceback (most recent call last):\n  File "/app/main.py", line 3, in <module>\nValueError: invalid literal for int() with base 10: 'eighty'`;
    const [incident, ...others] = await incidentsOf(yaml, log('api', trace));
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'configured-value-rejected', cause: 'ConfigMap api-env' });
    expect(incident?.sentence).toContain('PORT');
  });

  it('does not take a value for rejected that the failing line does not turn down', async () => {
    const yaml = workloadYaml({ name: 'api', container: 'env: [{name: REGION, value: north}]', status: crashLoopStatus(1) });
    const [incident] = await incidentsOf(yaml, log('api', "giving up in 'north' after 3 attempts"));
    expect(incident?.mechanism).toBe('container-exits');
  });

  it('names the key that a single mounted file lacks', async () => {
    const yaml = `${workloadYaml({
      name: 'api',
      container: 'volumeMounts: [{name: c, mountPath: /etc/app/app.yml, subPath: app.yml}]',
      podSpec: 'volumes: [{name: c, configMap: {name: app-config}}]',
      status: crashLoopStatus(1),
    })}
kind: ConfigMap
metadata: {name: app-config}
data: {application.yaml: "a: 1"}
---
`;
    const [incident, ...others] = await incidentsOf(yaml, log('api', 'cat: read error: Is a directory'));
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'key-missing', cause: 'ConfigMap app-config' });
    expect(incident?.sentence).toContain('app.yml');
  });

  it('says which Service was meant where only a variable names the wrong one', async () => {
    const yaml = `${workloadYaml({ name: 'api', container: 'env: [{name: DB_HOST, value: postgers}]', status: crashLoopStatus(1) })}
kind: Service
metadata: {name: postgres}
spec: {selector: {app: neighbour}, ports: [{port: 5432}]}
---
`;
    const [incident] = await incidentsOf(yaml, log('api', 'cannot reach database'));
    expect(incident).toMatchObject({ mechanism: 'called-service-missing', cause: 'Deployment api' });
    expect(incident?.sentence).toContain('Service postgres does exist');
  });
});

describe('probes', () => {
  const ports = 'ports: [{containerPort: 8080, name: http}]';

  it('says that no port has the name that the probe asks for', async () => {
    const status = unreadyStatus('{running: {startedAt: "2026-05-04T11:00:05Z"}}');
    const container = `${ports}\nreadinessProbe: {httpGet: {path: /, port: web}}`;
    const event = podEventYaml('web', 'Unhealthy', 'Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing "web": invalid syntax');
    const [incident, ...others] = await incidentsOf(`${workloadYaml({ name: 'web', container, status })}${event}`);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'probe-port-unnamed', cause: 'Deployment web' });
  });

  it('leaves a caller that answers 503 to the failure behind it, through every tier', async () => {
    const status = unreadyStatus('{running: {startedAt: "2026-05-04T11:00:05Z"}}');
    const tier = (name: string, callee: string) =>
      `${workloadYaml({ name, container: `${ports}\nenv: [{name: UPSTREAM, value: "http://${callee}:80"}]\nreadinessProbe: {httpGet: {path: /, port: 8080}}`, status })}
${podEventYaml(name, 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503')}${serviceOf(name)}`;
    const yaml = `${tier('edge', 'orders')}${tier('orders', 'ledger')}${workloadYaml({ name: 'ledger', status: crashLoopStatus(4) })}${serviceOf('ledger')}`;
    const [incident, ...others] = await incidentsOf(yaml, log('ledger', 'FATAL: license file corrupted'));
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ cause: 'Deployment ledger' });
  });
});

function serviceOf(name: string): string {
  return `
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: 8080}]}
---
`;
}

describe('controllers', () => {
  const deployment = (spec: string, updated: number) => `
kind: Deployment
metadata: {name: web, generation: 3}
spec: {replicas: 2, ${spec}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: "app:2"}]}}}
status:
  observedGeneration: 3
  replicas: 2
  readyReplicas: 2
  updatedReplicas: ${updated}
  conditions: [{type: Progressing, status: Unknown, reason: DeploymentPaused, lastTransitionTime: "2026-05-04T11:30:00Z"}]
---
`;

  it('reports a pause only while a template waits behind it', async () => {
    const pods = '';
    expect(await incidentsOf(`${deployment('paused: true', 0)}${pods}`)).toMatchObject([{ mechanism: 'rollout-paused', cause: 'Deployment web' }]);
    expect(await incidentsOf(`${deployment('paused: true', 2)}${pods}`)).toEqual([]);
    expect(await incidentsOf(`${deployment('paused: false', 0)}${pods}`)).toEqual([]);
  });

  const daemonSet = (selector: string) => `
kind: DaemonSet
metadata: {name: agent, generation: 1, creationTimestamp: "2026-05-04T11:00:00Z"}
spec: {selector: {matchLabels: {app: agent}}, template: {metadata: {labels: {app: agent}}, spec: {nodeSelector: {${selector}}, containers: [{name: app, image: "app:1"}]}}}
status: {observedGeneration: 1, desiredNumberScheduled: 0, currentNumberScheduled: 0, numberReady: 0}
---
kind: Node
metadata: {name: node-1, labels: {kubernetes.io/os: linux, pool: edge}}
status: {conditions: [{type: Ready, status: "True"}]}
---
`;

  it('sees a DaemonSet that no node is meant for, and lets agents for absent hardware be', async () => {
    const [incident] = await incidentsOf(daemonSet('pool: egde'));
    expect(incident).toMatchObject({ mechanism: 'node-selector-unmet', cause: 'DaemonSet agent' });
    expect(await incidentsOf(daemonSet('kubernetes.io/os: windows'))).toEqual([]);
    expect(await incidentsOf(daemonSet('nvidia.com/gpu.present: "true"'))).toEqual([]);
  });

  const pod = (status: string, owner = '') => `
kind: Pod
metadata: {name: importer${owner}}
spec: {restartPolicy: Never, nodeName: node-1, containers: [{name: app, image: "app:1"}]}
status: ${status}
---
`;

  it('tells of a lone pod that failed, not of one that is done', async () => {
    const ended = (code: number) =>
      `[{name: app, ready: false, restartCount: 0, state: {terminated: {exitCode: ${code}, reason: Error, finishedAt: "2026-05-04T11:50:00Z"}}}]`;
    const failed = pod(`{phase: Failed, startTime: "2026-05-04T11:49:00Z", containerStatuses: ${ended(3)}}`);
    expect(await incidentsOf(failed, { logs: { 'importer/app': ['bad row 17'] } })).toMatchObject([{ cause: 'Pod importer', mechanism: 'container-exits' }]);
    expect(await incidentsOf(pod(`{phase: Succeeded, containerStatuses: ${ended(0)}}`))).toEqual([]);
  });

  it('tells what the kubelet refuses', async () => {
    const refused = pod(
      '{phase: Failed, reason: SysctlForbidden, message: "forbidden sysctl: kernel.msgmax not allowlisted", startTime: "2026-05-04T11:59:00Z"}',
    );
    const dated = refused.replace('{name: importer}', '{name: importer, creationTimestamp: "2026-05-04T11:59:00Z"}');
    const [incident] = await incidentsOf(dated);
    expect(incident).toMatchObject({ mechanism: 'pod-rejected-by-kubelet', cause: 'Pod importer' });
    expect(incident?.sentence).toContain('kernel.msgmax');
  });

  it('lets the newest refusal speak for its workload, also while the next pod is being made', async () => {
    const owned = (name: string, minute: number, status: string) => `
kind: Pod
metadata: {name: ${name}, creationTimestamp: "2026-05-04T11:${minute}:00Z", ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: db, controller: true}]}
spec: {nodeName: node-1, containers: [{name: app, image: "app:1"}]}
status: ${status}
---
`;
    const refused = '{phase: Failed, reason: SysctlForbidden, message: "forbidden sysctl: kernel.msgmax not allowlisted"}';
    const set = 'kind: StatefulSet\nmetadata: {name: db, generation: 1}\nspec: {replicas: 1}\nstatus: {observedGeneration: 1}\n---\n';
    const { findings, incidents } = await runDiagnosis(`${set}${owned('a', 57, refused)}${owned('b', 58, refused)}${owned('c', 59, '{phase: Pending}')}`);
    expect(findings.filter(({ code }) => code === 'pod-rejected').map(({ object }) => object.name)).toEqual(['b']);
    expect(incidents.map(({ cause }) => cause.name)).toEqual(['db']);
  });

  it('names the CronJob whose schedule never comes', async () => {
    const yaml = `
kind: CronJob
metadata: {name: feb}
spec: {schedule: "0 0 31 2 *"}
---
kind: Event
metadata: {name: feb.1}
involvedObject: {apiVersion: batch/v1, kind: CronJob, namespace: shop, name: feb}
type: Warning
reason: InvalidSchedule
message: "invalid schedule: 0 0 31 2 *"
count: 1
firstTimestamp: 2026-05-04T11:50:00Z
lastTimestamp: 2026-05-04T11:59:50Z
---
`;
    expect(await incidentsOf(yaml)).toMatchObject([{ mechanism: 'cronjob-schedule-invalid', cause: 'CronJob feb' }]);
  });
});
