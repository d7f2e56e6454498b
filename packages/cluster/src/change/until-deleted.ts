import { AppError, type ObjectRef, refLabel } from '@quarterdeck/contract';
import { SelectedObjects } from '../watch/selected-objects.ts';
import { systemWatchClock } from '../watch/watch-clock.ts';
import { type ChangeAccess, kindFor } from './resolve-change.ts';

/** Resolves when the object is gone, or another one has its name. Throws TIMEOUT after `timeoutSeconds` (0: never), CANCELLED. */
export async function untilDeleted(
  access: ChangeAccess,
  target: ObjectRef & { uid?: string | undefined },
  options: { timeoutSeconds: number; signal: AbortSignal },
): Promise<void> {
  const { timeoutSeconds, signal } = options;
  const { namespace, name, uid } = target;
  const selection = { ...(namespace === null ? {} : { namespace }), fieldSelector: `metadata.name=${name}` };
  const objects = new SelectedObjects(access, kindFor(await access.kinds(signal), target), selection, systemWatchClock);
  const deadline = timeoutSeconds === 0 ? null : AbortSignal.timeout(timeoutSeconds * 1000);
  const either = deadline === null ? signal : AbortSignal.any([signal, deadline]);
  try {
    while (true) {
      const known = objects.now();
      if (known !== null && (uid === undefined ? known.size === 0 : !known.has(uid))) return;
      await objects.nextChange(either);
    }
  } catch (thrown) {
    if (deadline?.aborted !== true || signal.aborted) throw thrown;
    throw new AppError('TIMEOUT', `${refLabel(target)} is still there after ${timeoutSeconds} s.`, {
      hint: 'A finalizer may hold it; look at its metadata.finalizers.',
    });
  } finally {
    await objects.close();
  }
}
