import { AppError, type ObjectRef, type RolloutStatus, refLabel } from '@quarterdeck/contract';
import type { Selection } from '../../watch/reflector.ts';
import { SelectedObjects } from '../../watch/selected-objects.ts';
import { systemWatchClock, type WatchClock } from '../../watch/watch-clock.ts';
import { type ChangeAccess, servedKind } from '../resolve-change.ts';
import { rolloutStatus } from './rollout-status.ts';

export interface FollowOptions {
  /** 0: as long as it takes. */
  timeoutSeconds: number;
  signal: AbortSignal;
  clock?: WatchClock;
}

/**
 * Tells every step of a rollout until it is done or has failed; the last status says which. Throws NOT_FOUND where the
 * workload is not there or goes away, TIMEOUT, CANCELLED, and what the list failed with.
 */
export async function* followRollout(access: ChangeAccess, target: ObjectRef, options: FollowOptions): AsyncGenerator<RolloutStatus> {
  const { timeoutSeconds, clock = systemWatchClock } = options;
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const kind = await servedKind(access, target, signal);
  const objects = new SelectedObjects(access, kind, selectionOf(target), clock);
  const deadline = timeoutSeconds === 0 ? never : clock.sleep(timeoutSeconds * 1000, signal).then(() => 'timeout' as const);
  deadline.catch(() => undefined); // It is aborted when the following ends first.
  try {
    let told = '';
    while (true) {
      const changed = objects.nextChange(signal);
      changed.catch(() => undefined); // Nobody waits for it where the following ends before.
      const status = statusNow(objects, target);
      if (status !== null && JSON.stringify(status) !== told) {
        told = JSON.stringify(status);
        yield status;
        if (status.state === 'done' || status.state === 'failed') return;
      }
      if ((await Promise.race([changed, deadline])) === 'timeout') {
        throw new AppError('TIMEOUT', `${refLabel(target)} did not finish its rollout in ${timeoutSeconds} s.`, {
          hint: 'It goes on; look at its pods and events.',
        });
      }
    }
  } finally {
    ended.abort();
    await objects.close();
  }
}

const never = new Promise<'timeout'>(() => undefined);

function selectionOf({ namespace, name }: ObjectRef): Selection {
  return { ...(namespace === null ? {} : { namespace }), fieldSelector: `metadata.name=${name}` };
}

/** Null before the first word of the cluster. */
function statusNow(objects: SelectedObjects, target: ObjectRef): RolloutStatus | null {
  const known = objects.now();
  if (known === null) return null;
  const [object] = known.values();
  if (object !== undefined) return rolloutStatus(object);
  throw new AppError('NOT_FOUND', `There is no ${refLabel(target)}.`, { hint: 'It may have been deleted.' });
}
