import { type KindTypes, parseQuantity } from '@quarterdeck/contract';
import type { MetricIdentifier, MetricSpec, MetricStatus, MetricTarget, MetricValueStatus } from 'kubernetes-types/autoscaling/v2.js';

type Autoscaler = KindTypes['HorizontalPodAutoscaler'];

/** A metric that an autoscaler scales on, as it stands: in words, and how far it is above its target (1 is at the target). */
export interface MetricLoad {
  metric: string;
  current: string;
  target: string;
  ratio: number;
}

/** The controller leaves differences of a tenth alone. */
const tolerance = 1.1;

/** The first metric that is clearly above its target; null where none is, or none is known. */
export function overTarget(autoscaler: Autoscaler): MetricLoad | null {
  const loads = (autoscaler.spec?.metrics ?? []).flatMap((spec) => loadOf(spec, autoscaler.status?.currentMetrics ?? []) ?? []);
  return loads.find(({ ratio }) => ratio > tolerance) ?? null;
}

interface Measured {
  name: string;
  wanted: MetricTarget | undefined;
  now: MetricValueStatus | undefined;
}

function loadOf(spec: MetricSpec, statuses: readonly MetricStatus[]): MetricLoad | null {
  const { name, wanted, now } = measured(
    spec,
    statuses.filter(({ type }) => type === spec.type),
  );
  if (wanted === undefined || now === undefined) return null;
  if (wanted.averageUtilization !== undefined && now.averageUtilization !== undefined) {
    return load(`${name} utilization`, `${now.averageUtilization} %`, `${wanted.averageUtilization} %`, now.averageUtilization / wanted.averageUtilization);
  }
  const [current, target] = [now.averageValue ?? now.value, wanted.averageValue ?? wanted.value];
  const [have, want] = [parseQuantity(current), parseQuantity(target)];
  if (current === undefined || target === undefined || have === null || want === null || want === 0) return null;
  return load(name, `${current}`, `${target}`, have / want);
}

function load(metric: string, current: string, target: string, ratio: number): MetricLoad {
  return { metric, current, target, ratio };
}

function measured(spec: MetricSpec, statuses: readonly MetricStatus[]): Measured {
  const named = (pick: (status: MetricStatus) => MetricIdentifier | undefined, metric: MetricIdentifier | undefined) =>
    statuses.find((status) => pick(status)?.name === metric?.name);
  switch (spec.type) {
    case 'Resource':
      return one(spec.resource?.name, spec.resource?.target, statuses.find(({ resource }) => resource?.name === spec.resource?.name)?.resource?.current);
    case 'ContainerResource': {
      const { name, container, target } = spec.containerResource ?? {};
      const found = statuses.find(({ containerResource: each }) => each?.name === name && each?.container === container);
      return one(`${name} of container ${container}`, target, found?.containerResource?.current);
    }
    case 'Pods':
      return one(spec.pods?.metric.name, spec.pods?.target, named(({ pods }) => pods?.metric, spec.pods?.metric)?.pods?.current);
    case 'Object':
      return one(spec.object?.metric.name, spec.object?.target, named(({ object }) => object?.metric, spec.object?.metric)?.object?.current);
    default:
      return one(spec.external?.metric.name, spec.external?.target, named(({ external }) => external?.metric, spec.external?.metric)?.external?.current);
  }
}

function one(name: string | undefined, wanted: MetricTarget | undefined, now: MetricValueStatus | undefined): Measured {
  return { name: name ?? 'its metric', wanted, now };
}
