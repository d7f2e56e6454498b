import type { ContainerScope, LogContainer } from '@quarterdeck/contract';
import { chooseContainer } from '../exec/choose-container.ts';
import type { Pod } from '../pods/pods-of.ts';

/** One run of a container: what a log belongs to. */
export interface ContainerInstance {
  /** The runtime's id of the run whose log the node serves; null while there is none. */
  id: string | null;
  /** The run before it, whose log is served as the previous one; null where there is none. */
  previousId: string | null;
  running: boolean;
  /** Why there is no log, or how the run ended. */
  reason: string | null;
  restarts: number;
}

const none: ContainerInstance = { id: null, previousId: null, running: false, reason: null, restarts: 0 };

/** Which run of a container the node serves now. */
export function instanceOf(pod: Pod, container: string): ContainerInstance {
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [], message, reason } = pod.status ?? {};
  const status = [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses].find(({ name }) => name === container);
  if (status === undefined) return { ...none, reason: message ?? reason ?? 'The pod is not on a node yet.' };
  const last = status.lastState?.terminated;
  const { running, terminated, waiting } = status.state ?? {};
  const restarts = status.restartCount;
  if (running !== undefined) return { id: status.containerID ?? null, previousId: last?.containerID ?? null, running: true, reason: null, restarts };
  if (terminated !== undefined && terminated.containerID !== undefined)
    return { id: terminated.containerID, previousId: last?.containerID ?? null, running: false, reason: endOf(terminated), restarts };
  // While it waits to be started again, the node serves the run that ended last.
  if (last !== undefined) return { id: last.containerID ?? null, previousId: null, running: false, reason: waiting?.reason ?? endOf(last), restarts };
  return {
    ...none,
    reason: waiting === undefined ? null : [waiting.reason, waiting.message].filter((part) => part !== undefined).join(': ') || null,
    restarts,
  };
}

function endOf({ reason, exitCode }: { reason?: string; exitCode: number }): string {
  return `${reason ?? 'Ended'}, exit code ${exitCode}`;
}

/** The names of the containers whose logs are wanted, in the order in which they start. */
export function containersOf(pod: Pod, { container, containers }: { container?: string | undefined; containers: ContainerScope }): string[] {
  const { containers: regular = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {};
  const every = [...initContainers, ...regular, ...ephemeralContainers].map(({ name }) => name);
  if (container !== undefined) return every.filter((name) => name === container);
  if (containers === 'all') return every;
  return containers === 'regular' ? regular.map(({ name }) => name) : [chooseContainer(pod, undefined).name];
}

/** The containers of a pod with what each is for, in the order in which they start. */
export function containerRoles(pod: Pod): LogContainer[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {};
  const preferred = containers.length === 0 ? '' : chooseContainer(pod, undefined).name;
  return [
    ...initContainers.map(({ name, restartPolicy }): LogContainer => ({ name, role: restartPolicy === 'Always' ? 'sidecar' : 'init' })),
    ...containers.map(({ name }): LogContainer => ({ name, role: name === preferred ? 'default' : 'regular' })),
    ...ephemeralContainers.map(({ name }): LogContainer => ({ name, role: 'ephemeral' })),
  ];
}

/** Whether the pod will never write another line. */
export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}
