import { type MetricName, metricUnits } from '@quarterdeck/contract';
import { formatBytes } from '../../text/bytes.ts';

/** `12m`, `1.5`: cores as Kubernetes writes them. */
export function formatCores(cores: number): string {
  if (cores === 0) return '0';
  if (cores < 0.001) return '<1m';
  if (cores < 1) return `${Math.round(cores * 1_000)}m`;
  return cores >= 10 ? cores.toFixed(0) : String(Number(cores.toFixed(2)));
}

/** A value in the unit of its metric. */
export function formatMetric(metric: MetricName, value: number): string {
  const unit = metricUnits[metric];
  if (unit === 'cores') return formatCores(value);
  return unit === 'bytes' ? formatBytes(value) : `${formatBytes(value)}/s`;
}

const coreSteps = [0.001, 0.01, 0.1, 1, 10, 100, 1_000].flatMap((power) => [power, power * 2, power * 5]);
const byteSteps = Array.from({ length: 44 }, (_, power) => 2 ** power);

/** Pure. The round numbers of a metric's unit, from the least. */
export function stepsOfMetric(metric: MetricName): readonly number[] {
  return metricUnits[metric] === 'cores' ? coreSteps : byteSteps;
}
