import { AppError, type KindTypes } from '@quarterdeck/contract';

type Pod = KindTypes['Pod'];
type ContainerStatus = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number];

/** Which container kubectl takes where none is named. */
const defaultContainerAnnotation = 'kubectl.kubernetes.io/default-container';

export interface ChosenContainer {
  name: string;
  /** What its specification gives its own program. */
  stdin: boolean;
  tty: boolean;
  status: ContainerStatus | null;
}

/**
 * The container that is named, else the one that the pod's annotation names, else the first. Init containers and
 * debug containers must be named. Throws NOT_FOUND with those there are.
 */
export function chooseContainer(pod: Pod, wanted: string | undefined): ChosenContainer {
  const regular = pod.spec?.containers ?? [];
  const all = [...regular, ...(pod.spec?.initContainers ?? []), ...(pod.spec?.ephemeralContainers ?? [])];
  const annotated = regular.find(({ name }) => name === pod.metadata.annotations?.[defaultContainerAnnotation]);
  const found = wanted === undefined ? (annotated ?? regular[0]) : all.find(({ name }) => name === wanted);
  if (found === undefined) {
    throw new AppError('NOT_FOUND', `The pod ${placeOf(pod)} has no container ${wanted ?? ''}.`, {
      hint: `It has: ${all.map(({ name }) => name).join(', ')}.`,
      details: { containers: all.map(({ name }) => name) },
    });
  }
  return { name: found.name, stdin: found.stdin === true, tty: found.tty === true, status: statusOf(pod, found.name) };
}

/** Throws CONFLICT for a container that has ended or has not started, with its state and what to do. */
export function requireRunning(pod: Pod, { name, status }: ChosenContainer): void {
  const { running, terminated, waiting } = status?.state ?? {};
  if (running !== undefined) return;
  const details = { container: name, reason: terminated?.reason ?? waiting?.reason ?? pod.status?.phase };
  const where = `The container ${name} of the pod ${placeOf(pod)}`;
  if (terminated !== undefined) {
    const why = terminated.reason === undefined ? '' : `${terminated.reason}, `;
    throw new AppError('CONFLICT', `${where} has ended (${why}exit code ${terminated.exitCode}).`, { hint: 'Its log says what it did last.', details });
  }
  // A kubelet that is behind has not told yet: the server knows better than we do.
  if (status === null && pod.status?.phase === 'Running') return;
  const state = waiting?.reason ?? pod.status?.reason ?? pod.status?.phase ?? 'Pending';
  const said = waiting?.message === undefined ? '' : `: ${waiting.message}`;
  throw new AppError('CONFLICT', `${where} has not started (${state}${said}).`, { hint: 'Wait until it runs, or look at the events of the pod.', details });
}

function statusOf({ status }: Pod, name: string): ContainerStatus | null {
  const all = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])];
  return all.find((each) => each.name === name) ?? null;
}

function placeOf({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`;
}
