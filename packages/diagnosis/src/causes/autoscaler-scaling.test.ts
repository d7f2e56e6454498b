import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';
import { crashLoopStatus, workloadYaml } from '../testing/workload-yaml.ts';

async function incidentsOf(yaml: string, options = {}) {
  const { incidents } = await runDiagnosis(yaml, options);
  return incidents.map(({ mechanism, cause, sentence }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, sentence }));
}

function autoscaler(name: string, fields: { target?: string; spec?: string; status?: string; created?: string } = {}): string {
  const { target = '{apiVersion: apps/v1, kind: Deployment, name: web}', spec = 'maxReplicas: 5', status = '{}', created = '2026-05-04T10:00:00Z' } = fields;
  return `
kind: HorizontalPodAutoscaler
metadata: {name: ${name}, creationTimestamp: "${created}"}
spec: {scaleTargetRef: ${target}, ${spec}}
status: ${status}
---
`;
}

const web = workloadYaml({ name: 'web' });
const condition = (type: string, reason: string, message: string) =>
  `{conditions: [{type: ${type}, status: "False", reason: ${reason}, message: ${JSON.stringify(message)}, lastTransitionTime: "2026-05-04T11:00:00Z"}]}`;

describe('autoscalers', () => {
  it('tells of the younger of two that scale one workload, once', async () => {
    const ambiguous = condition('ScalingActive', 'AmbiguousSelector', 'pods by selector app=web are controlled by multiple HPAs');
    const yaml = web + autoscaler('old', { status: ambiguous }) + autoscaler('new', { status: ambiguous, created: '2026-05-04T11:00:00Z' });
    expect(await incidentsOf(yaml)).toMatchObject([{ mechanism: 'hpa-conflict', cause: 'HorizontalPodAutoscaler new' }]);
    const other = autoscaler('new', { target: '{apiVersion: apps/v1, kind: Deployment, name: api}' });
    expect(await incidentsOf(web + workloadYaml({ name: 'api' }) + autoscaler('old') + other)).toEqual([]);
  });

  it('tells of a kind that cannot be scaled', async () => {
    const status = condition('AbleToScale', 'FailedGetScale', 'the server could not find the requested resource');
    const daemonSet = 'kind: DaemonSet\nmetadata: {name: agent}\nspec: {selector: {}}\n---\n';
    const yaml = daemonSet + autoscaler('agent', { target: '{apiVersion: apps/v1, kind: DaemonSet, name: agent}', status });
    const [incident, ...others] = await incidentsOf(yaml);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'hpa-cannot-scale', cause: 'HorizontalPodAutoscaler agent' });
    expect(incident?.sentence).toContain('DaemonSet has no number of replicas');
  });

  it('tells of a workload at zero whose autoscaler wants more, not of one that may scale to zero', async () => {
    const zero = web.replaceAll('replicas: 1', 'replicas: 0').replace(/kind: Pod\n[\s\S]*$/, '');
    const status = condition('ScalingActive', 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero');
    expect(await incidentsOf(zero + autoscaler('web', { status }))).toMatchObject([{ mechanism: 'hpa-target-at-zero', cause: 'Deployment web' }]);
    expect(await incidentsOf(zero + autoscaler('web', { status, spec: 'minReplicas: 0, maxReplicas: 5' }))).toEqual([]);
    expect(await incidentsOf(zero)).toEqual([]);
  });

  const metric = 'metrics: [{type: Pods, pods: {metric: {name: queue_depth}, target: {type: AverageValue, averageValue: "10"}}}]';
  const measured = (value: string, more = '') =>
    `{currentReplicas: 2, currentMetrics: [{type: Pods, pods: {metric: {name: queue_depth}, current: {averageValue: "${value}"}}}]${more}}`;

  it('tells of an autoscaler that may not scale up, only while it should', async () => {
    const spec = `maxReplicas: 5, behavior: {scaleUp: {selectPolicy: Disabled}}, ${metric}`;
    const [incident] = await incidentsOf(web + autoscaler('web', { spec, status: measured('25') }));
    expect(incident).toMatchObject({ mechanism: 'hpa-scale-up-disabled', cause: 'HorizontalPodAutoscaler web' });
    expect(incident?.sentence).toContain('queue_depth is 25 with a target of 10');
    expect(await incidentsOf(web + autoscaler('web', { spec, status: measured('10') }))).toEqual([]);
  });

  it('knows overload by any metric', async () => {
    const limited = ', conditions: [{type: ScalingLimited, status: "True", reason: TooManyReplicas, lastTransitionTime: "2026-05-04T10:00:00Z"}]';
    const yaml = web + autoscaler('web', { spec: `maxReplicas: 2, ${metric}`, status: measured('2500m', limited) });
    expect(await incidentsOf(yaml)).toMatchObject([{ mechanism: 'hpa-at-maximum' }]);
    const over = web + autoscaler('web', { spec: `maxReplicas: 2, ${metric}`, status: measured('12', limited) });
    expect(await incidentsOf(over)).toMatchObject([{ mechanism: 'hpa-overloaded' }]);
  });

  it('leaves missing numbers of pods that crash to the crash, and says which metric nobody provides', async () => {
    const crashing = workloadYaml({ name: 'web', status: crashLoopStatus(3), container: 'resources: {requests: {cpu: 10m}}' });
    const cpu = 'maxReplicas: 5, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]';
    const unready = condition('ScalingActive', 'FailedGetResourceMetric', 'did not receive metrics for targeted pods (pods might be unready)');
    expect(await incidentsOf(crashing + autoscaler('web', { spec: cpu, status: unready }))).toMatchObject([{ cause: 'Deployment web' }]);
    const unknown = condition(
      'ScalingActive',
      'FailedGetPodsMetric',
      'unable to get metric queue_dept: the server could not find the metric queue_dept for pods',
    );
    const [incident] = await incidentsOf(web + autoscaler('web', { spec: `maxReplicas: 5, ${metric}`, status: unknown }));
    expect(incident).toMatchObject({ mechanism: 'hpa-metric-unknown', cause: 'HorizontalPodAutoscaler web' });
  });
});
