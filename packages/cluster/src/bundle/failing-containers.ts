import { isKind, type KindTypes, type KubeObject } from '@quarterdeck/contract';
import type { LogRequest } from '../access/cluster-access.ts';

type Pod = KindTypes['Pod'];
type ContainerStatus = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number];

export type FailingContainer = Pick<LogRequest, 'namespace' | 'pod' | 'container' | 'previous'>;

/** A kubelet that still prepares a container has nothing to show yet. */
const preparing: readonly string[] = ['ContainerCreating', 'PodInitializing'];

/**
 * The runs of containers whose logs tell why something fails: of those that are not ready, restarted or ended with an
 * error, the run of now where there is one and the run before. Pods that completed are left out.
 */
export function failingContainers(objects: readonly KubeObject[]): FailingContainer[] {
  return objects.flatMap((object) => (isKind(object, 'Pod') ? runsOf(object) : []));
}

function runsOf(pod: Pod): FailingContainer[] {
  if (pod.status?.phase === 'Succeeded') return [];
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const failing = [...initContainerStatuses.filter(isFailedStart), ...containerStatuses.filter(isUnwell)];
  const where = { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name };
  return failing.flatMap((status) => [
    ...(hasRun(status) ? [{ ...where, container: status.name, previous: false }] : []),
    ...(status.restartCount > 0 ? [{ ...where, container: status.name, previous: true }] : []),
  ]);
}

function isUnwell(status: ContainerStatus): boolean {
  const { waiting, terminated } = status.state ?? {};
  if (waiting !== undefined) return !preparing.includes(waiting.reason ?? '') || status.restartCount > 0;
  return !status.ready || status.restartCount > 0 || (terminated?.exitCode ?? 0) !== 0;
}

/** Init containers are not ready by nature: they fail when they end with an error or go on. */
function isFailedStart(status: ContainerStatus): boolean {
  return status.restartCount > 0 || (status.state?.terminated?.exitCode ?? 0) !== 0 || status.state?.running !== undefined;
}

function hasRun({ state }: ContainerStatus): boolean {
  return state?.running !== undefined || state?.terminated !== undefined;
}
