import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { conditionOf, isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type Autoscaler = KindTypes['HorizontalPodAutoscaler'];
type Metric = NonNullable<NonNullable<Autoscaler['spec']>['metrics']>[number];
type MetricStatus = NonNullable<NonNullable<Autoscaler['status']>['currentMetrics']>[number];

function health(object: Autoscaler): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const able = conditionOf(object.status?.conditions, 'AbleToScale');
  const active = conditionOf(object.status?.conditions, 'ScalingActive');
  if (able?.status === 'False') return { state: 'high', text: able.reason ?? 'Not able to scale' };
  if (active?.status === 'False') {
    if (active.reason === 'ScalingDisabled') return { state: 'scaledToZero', text: 'ScalingDisabled' };
    return { state: 'high', text: active.reason ?? 'Scaling not active' };
  }
  const limited = (object.status?.currentReplicas ?? 0) >= (object.spec?.maxReplicas ?? Number.POSITIVE_INFINITY);
  return limited ? { state: 'low', text: 'At its maximum' } : { state: active === undefined ? 'pending' : 'healthy', text: active?.reason ?? 'Not read yet' };
}

/** `cpu: 45%/80%`; a value that the metrics API did not give is `<unknown>`, as kubectl says it. */
function targets(object: Autoscaler): string {
  return (object.spec?.metrics ?? []).map((metric, index) => target(metric, object.status?.currentMetrics?.[index])).join(', ');
}

function target(metric: Metric, status: MetricStatus | undefined): string {
  const wanted = metric.resource ?? metric.containerResource ?? metric.pods ?? metric.object ?? metric.external;
  const seen = status?.resource ?? status?.containerResource ?? status?.pods ?? status?.object ?? status?.external;
  const name = metric.resource?.name ?? metric.containerResource?.name ?? metric.type;
  const goal = wanted?.target;
  if (goal?.averageUtilization !== undefined) {
    const current = seen?.current.averageUtilization;
    return `${name}: ${current === undefined ? '<unknown>' : `${current}%`}/${goal.averageUtilization}%`;
  }
  return `${name}: ${seen?.current.averageValue ?? seen?.current.value ?? '<unknown>'}/${goal?.averageValue ?? goal?.value ?? '<unset>'}`;
}

export const horizontalPodAutoscaler = defineKind('HorizontalPodAutoscaler', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('reference', 'Reference', 'text', ({ spec }) => (spec === undefined ? null : `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`)),
    column('targets', 'Targets', 'text', targets),
    column('minPods', 'Min pods', 'number', (object) => object.spec?.minReplicas ?? 1),
    column('maxPods', 'Max pods', 'number', (object) => object.spec?.maxReplicas),
    column('replicas', 'Replicas', 'number', (object) => object.status?.currentReplicas ?? 0),
    column('status', 'Status', 'status', (object) => health(object).text),
    ageColumn,
  ],
  health,
});
