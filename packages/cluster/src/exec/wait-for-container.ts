import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type KindTypes, toAppError } from '@quarterdeck/contract';
import type { Transport } from '../transport/transport.ts';
import { chooseContainer } from './choose-container.ts';
import { type PodName, readPod } from './read-pod.ts';

export interface WaitOptions extends PodName {
  container: string;
  /** Told what it waits for, whenever that changes. */
  onWaiting?: ((reason: string) => void) | undefined;
  signal: AbortSignal;
}

/** What does not pass by itself: nobody should wait for it. The kubelet gives these reasons. */
const hopeless = new Set([
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'CrashLoopBackOff',
]);

/** Milliseconds between two looks. Asking needs the right to read the pod alone; a watch would need more. */
const pause = 300;

/**
 * Resolves when the container runs or has run already (a short program may be through). Throws CONFLICT with what
 * keeps it from starting, and as the transport does.
 */
export async function waitForContainer(api: Transport, { namespace, pod, container, onWaiting, signal }: WaitOptions): Promise<KindTypes['Pod']> {
  let told = '';
  for (;;) {
    const found = await readPod(api, { namespace, pod }, signal);
    const { state } = chooseContainer(found, container).status ?? {};
    if (state?.running !== undefined || state?.terminated !== undefined) return found;
    const reason = state?.waiting?.reason ?? unscheduled(found) ?? 'the node has not taken it up yet';
    const text = state?.waiting?.message === undefined ? reason : `${reason}: ${state.waiting.message}`;
    if (hopeless.has(reason)) throw cannotStart(container, text);
    if (text !== told) onWaiting?.(text);
    told = text;
    await delay(pause, undefined, { signal }).catch((thrown: unknown) => {
      throw toAppError(thrown);
    });
  }
}

function unscheduled({ status }: KindTypes['Pod']): string | null {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  return scheduled?.status === 'False' ? (scheduled.message ?? scheduled.reason ?? null) : null;
}

function cannotStart(container: string, why: string): AppError {
  const hint = /^\w*Image/.test(why)
    ? 'Name an image that the node has or can pull.'
    : 'Choose another profile, image or command; a debug container of this name stays in the pod until the pod goes.';
  return new AppError('CONFLICT', `The container ${container} does not start (${why}).`, { hint });
}
