import { type DrainEvent, type ObjectRef, refKey } from '@quarterdeck/contract';

export type PodState = 'evicting' | 'blocked' | 'evicted' | 'gone' | 'failed';

export interface DrainedPod {
  pod: ObjectRef;
  state: PodState;
  /** Why it is held up, or was not evicted. */
  message: string | null;
}

/** How far the drain of one node is. */
export interface NodeDrain {
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Why it did not come to its end. */
  message: string | null;
  pods: ReadonlyMap<string, DrainedPod>;
}

export const notBegun: NodeDrain = { state: 'waiting', message: null, pods: new Map() };

/** Pure: an event on top of what was told before. */
export function applyDrainEvent(before: NodeDrain, event: DrainEvent): NodeDrain {
  switch (event.type) {
    case 'cordoned':
    case 'skipped':
      return { ...before, state: 'running' };
    case 'evicting':
    case 'evicted':
    case 'gone':
      return withPod(before, { pod: event.pod, state: event.type, message: null });
    case 'blocked':
      return withPod(before, { pod: event.pod, state: 'blocked', message: event.message });
    case 'podFailed':
      return withPod(before, { pod: event.pod, state: 'failed', message: event.error.error });
    case 'done':
      return { ...before, state: 'done' };
    case 'cancelled':
    case 'failed':
      return { ...before, state: event.type, message: event.message };
  }
}

function withPod(before: NodeDrain, pod: DrainedPod): NodeDrain {
  return { ...before, state: 'running', pods: new Map(before.pods).set(refKey(pod.pod), pod) };
}

export function goneOf({ pods }: NodeDrain): number {
  return [...pods.values()].filter(({ state }) => state === 'gone').length;
}

const order: readonly PodState[] = ['failed', 'blocked', 'evicting', 'evicted', 'gone'];

/** What needs a look first. */
export function inOrder(pods: NodeDrain['pods']): DrainedPod[] {
  return [...pods.values()].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}
