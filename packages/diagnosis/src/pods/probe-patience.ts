import type { Probe } from 'kubernetes-types/core/v1.js';
import type { ClusterView } from '../view/cluster-view.ts';
import { containersOf, type Pod, type PodContainer } from './containers.ts';
import { timeOf } from './evidence.ts';

/** Milliseconds after which a probe that never succeeded has failed by its own settings. */
export function probePatienceMs(probe: Probe | undefined): number {
  if (probe === undefined) return 0;
  const period = probe.periodSeconds ?? 10;
  return ((probe.initialDelaySeconds ?? 0) + period * (probe.failureThreshold ?? 3) + Math.min(probe.timeoutSeconds ?? 1, period)) * 1000;
}

/** Until when an unready container is only warming up, in epoch milliseconds; null where it does not run. */
export function patientUntil(container: PodContainer): number | null {
  const started = timeOf(container.status?.state?.running?.startedAt);
  if (started === null) return null;
  return started + probePatienceMs(container.spec.startupProbe) + probePatienceMs(container.spec.readinessProbe);
}

/** The part of a view that knows the time. */
type Moment = Pick<ClusterView, 'passed'>;

const startMs = 60_000;
const scheduleMs = 20_000;

/** Whether an unready pod is still on its ordinary way up: being scheduled, created, or inside its probes' own settings. */
export function isWarmingUp(pod: Pod, view: Moment): boolean {
  if (pod.spec?.nodeName === undefined) return !view.passed((timeOf(pod.metadata.creationTimestamp) ?? 0) + scheduleMs);
  const unready = containersOf(pod).filter((container) => !container.init && container.status?.ready !== true);
  return unready.length > 0 && unready.every((container) => isContainerWarmingUp(container, pod, view));
}

function isContainerWarmingUp(container: PodContainer, pod: Pod, view: Moment): boolean {
  if ((container.status?.restartCount ?? 0) > 0) return false;
  const until = patientUntil(container);
  if (until !== null) return !view.passed(until);
  const waiting = container.status?.state?.waiting?.reason;
  const ordinary = waiting === undefined || waiting === 'ContainerCreating' || waiting === 'PodInitializing';
  return ordinary && !view.passed((timeOf(pod.status?.startTime) ?? timeOf(pod.metadata.creationTimestamp) ?? 0) + startMs);
}
