import { type Action, type AppError, actionRoutes, finalActionStates, retryable, toAppError } from '@quarterdeck/contract';
import type { ApiClient } from '../../api/client.ts';

export interface Follower {
  onAction(action: Action): void;
  /** Null once it is heard of again. */
  onLost(error: AppError | null): void;
}

/** Tells how an action stands until it has ended or `signal` is aborted. What was cut off is taken up again after `pause`. */
export async function followAction(
  api: Pick<ApiClient, 'follow'>,
  id: string,
  { onAction, onLost }: Follower,
  pause: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      if (await untilCutOff(api, id, { onAction, onLost }, signal)) return;
    } catch (thrown) {
      if (signal.aborted) return;
      const error = toAppError(thrown);
      onLost(error);
      // INTERNAL_ERROR is what a workbench that is started anew looks like from here.
      if (!retryable[error.code] && error.code !== 'INTERNAL_ERROR') return;
    }
    await pause(signal);
  }
}

/** Whether the action has ended. */
async function untilCutOff(api: Pick<ApiClient, 'follow'>, id: string, { onAction, onLost }: Follower, signal: AbortSignal): Promise<boolean> {
  for await (const action of api.follow(actionRoutes.followAction, { id }, signal)) {
    if (signal.aborted) return false;
    onLost(null);
    onAction(action);
    if (finalActionStates.has(action.state)) return true;
  }
  return false;
}

/** Milliseconds; ends early when `signal` is aborted. */
export function pauseOf(milliseconds: number): (signal: AbortSignal) => Promise<void> {
  return (signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
}
