import type { KindTypes } from '@quarterdeck/contract';

type Autoscaler = KindTypes['HorizontalPodAutoscaler'];
type Spec = NonNullable<NonNullable<Autoscaler['spec']>['metrics']>[number];
type Status = NonNullable<NonNullable<Autoscaler['status']>['currentMetrics']>[number];

export interface MetricLine {
  name: string;
  /** Null where it could not be measured. */
  current: string | null;
  target: string;
}

/** Pure. What an autoscaler goes by: its targets with what was measured, as kubectl prints them. */
export function metricLines(targets: readonly Spec[], measured: readonly Status[]): MetricLine[] {
  return targets.map((spec) => {
    const name = nameOf(spec);
    const value = partOf(measured.find((each) => nameOf(each) === name))?.current;
    const target = partOf(spec)?.target;
    return { name, current: amount(value), target: amount(target) ?? '' };
  });
}

interface Amount {
  averageUtilization?: number | undefined;
  averageValue?: string | undefined;
  value?: string | undefined;
}

function amount(value: Amount | undefined): string | null {
  if (value === undefined) return null;
  if (value.averageUtilization !== undefined) return `${value.averageUtilization}%`;
  return value.averageValue ?? value.value ?? null;
}

function nameOf({ type, resource, containerResource, pods, object, external }: Spec | Status): string {
  const name = resource?.name ?? containerResource?.name ?? pods?.metric.name ?? object?.metric.name ?? external?.metric.name ?? '';
  return containerResource === undefined ? `${name}${type === 'Resource' ? '' : ` (${type})`}` : `${name} (${containerResource.container})`;
}

function partOf(metric: Spec | Status | undefined): { target?: Amount; current?: Amount } | undefined {
  return metric?.resource ?? metric?.containerResource ?? metric?.pods ?? metric?.object ?? metric?.external;
}
