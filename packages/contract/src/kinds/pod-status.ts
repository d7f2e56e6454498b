import type { KindTypes } from '../objects/kube-object.ts';
import { conditionOf } from './health.ts';

type Pod = KindTypes['Pod'];
type ContainerStatus = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number];
type Terminated = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>;

export interface PodStatus {
  /** What kubectl prints under STATUS. */
  text: string;
  ready: number;
  total: number;
  restarts: number;
  /** ISO 8601, when a container last ended before it was started again; null where none was restarted. */
  lastRestart: string | null;
}

/** How kubectl sums up a pod. Source: printPod in kubernetes/pkg/printers/internalversion/printers.go. */
export function podStatus(pod: Pod): PodStatus {
  const init = initProgress(pod);
  const initialized = init.reason === null || conditionOf(pod.status?.conditions, 'Initialized')?.status === 'True';
  const containers = pod.status?.containerStatuses ?? [];
  const counted = initialized ? [...init.sidecars, ...containers] : (pod.status?.initContainerStatuses ?? []);
  const readyMain = initialized ? containers.filter(isReadyAndRunning).length : 0;
  return {
    text: terminationText(pod) ?? (initialized ? containersText(pod) : null) ?? init.reason ?? phaseText(pod),
    ready: readyMain + init.sidecars.filter((sidecar) => sidecar.started === true && sidecar.ready).length,
    total: (pod.spec?.containers ?? []).length + sidecarNames(pod).size,
    restarts: counted.reduce((sum, status) => sum + status.restartCount, 0),
    lastRestart: latest(counted.map((status) => status.lastState?.terminated?.finishedAt)),
  };
}

function phaseText(pod: Pod): string {
  if (conditionOf(pod.status?.conditions, 'PodScheduled')?.reason === 'SchedulingGated') return 'SchedulingGated';
  return pod.status?.reason || pod.status?.phase || 'Unknown';
}

/** What deleting makes of the status; null where the pod is not being deleted or has ended already. */
function terminationText(pod: Pod): string | null {
  if (pod.metadata.deletionTimestamp === undefined) return null;
  if (pod.status?.reason === 'NodeLost') return 'Unknown';
  const ended = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  return ended ? null : 'Terminating';
}

/** An init container that keeps running beside the others (`restartPolicy: Always`). */
function sidecarNames(pod: Pod): Set<string> {
  const sidecars = (pod.spec?.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return new Set(sidecars.map((container) => container.name));
}

/** The first init container that is not through says the reason; null when all are through. */
function initProgress(pod: Pod): { reason: string | null; sidecars: ContainerStatus[] } {
  const names = sidecarNames(pod);
  const statuses = pod.status?.initContainerStatuses ?? [];
  const sidecars = statuses.filter((status) => names.has(status.name));
  const blocking = statuses.findIndex((status) => !(status.state?.terminated?.exitCode === 0 || (names.has(status.name) && status.started === true)));
  const status = statuses[blocking];
  if (status === undefined) return { reason: null, sidecars };
  const { terminated, waiting } = status.state ?? {};
  if (terminated !== undefined) return { reason: `Init:${terminatedText(terminated)}`, sidecars };
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return { reason: `Init:${waiting.reason}`, sidecars };
  return { reason: `Init:${blocking}/${(pod.spec?.initContainers ?? []).length}`, sidecars };
}

/** The first container (in the order of the status) that has something to say; null when all just run. */
function containersText(pod: Pod): string | null {
  const statuses = pod.status?.containerStatuses ?? [];
  const reason = statuses.map(containerText).find((text) => text !== null) ?? null;
  if (reason !== 'Completed' || !statuses.some(isReadyAndRunning)) return reason;
  return conditionOf(pod.status?.conditions, 'Ready')?.status === 'True' ? 'Running' : 'NotReady';
}

function containerText({ state }: ContainerStatus): string | null {
  if (state?.waiting?.reason) return state.waiting.reason;
  return state?.terminated === undefined ? null : terminatedText(state.terminated);
}

function terminatedText({ reason, signal, exitCode }: Terminated): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function isReadyAndRunning(status: ContainerStatus): boolean {
  return status.ready && status.state?.running !== undefined;
}

function latest(times: readonly (string | undefined)[]): string | null {
  return times.filter((time) => time !== undefined).reduce<string | null>((last, time) => (last === null || time > last ? time : last), null);
}
