import { AppError, type ObjectRef, type RolloutStatus, refLabel } from '@quarterdeck/contract';
import { systemWatchClock, type WatchClock } from '../../watch/watch-clock.ts';
import type { WatchedList } from '../../watch/watched-list.ts';
import { type ChangeAccess, kindFor } from '../resolve-change.ts';
import { watchSelected } from '../watch-selected.ts';
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
  const hub = watchSelected(access, { fieldSelector: `metadata.name=${target.name}` });
  try {
    const list = hub.open(kindFor(await access.kinds(signal), target), target.namespace);
    const deadline = timeoutSeconds === 0 ? never : clock.sleep(timeoutSeconds * 1000, signal).then(() => 'timeout' as const);
    deadline.catch(() => undefined); // It is aborted when the following ends first.
    let told = '';
    while (true) {
      const changed = nextChange(list, signal);
      const status = statusNow(list, target);
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
    await hub.close();
  }
}

const never = new Promise<'timeout'>(() => undefined);

/** Null before the first word of the cluster. */
function statusNow(list: WatchedList, target: ObjectRef): RolloutStatus | null {
  const [object] = list.objects.values();
  if (object !== undefined) return rolloutStatus(object);
  if (list.state === 'failed' && list.error !== null) throw list.error;
  if (list.state === 'live') throw new AppError('NOT_FOUND', `There is no ${refLabel(target)}.`, { hint: 'It may have been deleted.' });
  return null;
}

function nextChange(list: WatchedList, signal: AbortSignal): Promise<'changed'> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      end();
      reject(new AppError('CANCELLED', 'The call was cancelled.'));
    };
    const end = list.subscribe(() => {
      end();
      signal.removeEventListener('abort', onAbort);
      resolve('changed');
    });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
