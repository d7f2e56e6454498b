import type { MetricsSource } from '@quarterdeck/cluster';
import { type MetricName, type MetricsUnavailable, type ObjectRef, type PodUsage, type SizedKind, sizedKinds } from '@quarterdeck/contract';
import type { CheckedCluster } from '../kubernetes/asked-cluster.ts';
import { type PodSize, type SizeAdvice, sizeAdvice } from './size-advice.ts';

/** What is asked of the metrics. */
export type SizeMetrics = Pick<MetricsSource, 'now' | 'history'>;

export interface SizeFacts {
  metrics: SizeMetrics;
  view: CheckedCluster['view'];
  /** Epoch milliseconds, as the cluster has them. */
  now: number;
}

/** A workload as it is and as it could be. `pod`: one of its pods as it is measured now. */
export interface MeasuredSize {
  size: PodSize;
  advice: SizeAdvice;
  pod: PodUsage;
  /** How many of its pods are measured now. */
  pods: number;
}

/** Seconds that are looked back, and between two values. */
export const sizePeriod = { length: 7 * 86_400, step: 1800 };

export type SizedObject = ObjectRef & { kind: SizedKind };

export function isSized(ref: ObjectRef): ref is SizedObject {
  return sizedKinds.some((kind) => kind === ref.kind);
}

/** What a pod of a workload used over time, and the size that follows; or why that is not known. */
export async function measureSize(ref: SizedObject, facts: SizeFacts, signal: AbortSignal): Promise<MeasuredSize | MetricsUnavailable> {
  const { metrics, view } = facts;
  const names = new Set(view.podsOf(ref).map(({ metadata }) => metadata.name));
  const now = await metrics.now({ of: 'pods', namespace: ref.namespace }, signal);
  if (now.state === 'unavailable') return now;
  const pods = now.pods.filter(({ name }) => names.has(name));
  const [pod] = pods;
  if (pod === undefined) return { state: 'unavailable', reason: 'It has no running pod, or started just now.', remedy: 'Look again in a minute.' };
  const [cpu, memory] = await Promise.all([over('cpu', ref, names.size, facts, signal), over('memory', ref, names.size, facts, signal)]);
  const size: PodSize = {
    known: cpu.length > 1 || memory.length > 1 ? 'history' : 'present',
    cpu: [...cpu, ...pods.map((each) => each.cpu)],
    memory: [...memory, ...pods.map((each) => each.memory)],
    requests: pod.requests,
    limits: pod.limits,
    replicas: names.size,
    autoscaled: view.incoming(ref, 'scales').length > 0,
    served: view.podsOf(ref).some((each) => isServed(each, view)),
  };
  return { size, advice: sizeAdvice(size), pod, pods: pods.length };
}

function isServed({ metadata }: { metadata: { name: string; namespace?: string } }, view: CheckedCluster['view']): boolean {
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace: metadata.namespace ?? null, name: metadata.name };
  return view.incoming(ref, 'selects').some(({ from }) => from.kind === 'Service');
}

/** What one pod used at each step; empty where nobody kept it. */
async function over(
  metric: MetricName,
  { kind, namespace, name }: SizedObject,
  pods: number,
  { metrics, now }: SizeFacts,
  signal: AbortSignal,
): Promise<number[]> {
  if (pods === 0) return [];
  const to = Math.floor(now / 1000);
  const target = { kind: 'workload' as const, namespace: namespace ?? '', workloadKind: kind, name };
  const history = await metrics.history({ target, metric, from: to - sizePeriod.length, to, step: sizePeriod.step }, signal);
  return history.state === 'available' ? history.points.flatMap(([, value]) => (value === null ? [] : [value / pods])) : [];
}
