import { createHash } from 'node:crypto';
import { AppError, canonicalJson, type KubeObject, type ObjectRef, refLabel } from '@quarterdeck/contract';
import { comparable } from '../change/diff/clean-object.ts';

/**
 * What stands for the state of an object that somebody looked at: the same as long as nobody changes it. Null for one that
 * is not there. The resource version alone would not do where controllers write a status: that of a pod which crashes
 * changes all the time. Where there is no status it is exact, and tells nothing of a Secret's values.
 */
export function stateMark(live: KubeObject | null): string | null {
  if (live === null) return null;
  const { uid = '', resourceVersion = '' } = live.metadata;
  if (!('status' in live)) return `${uid}@${resourceVersion}`;
  const [content] = comparable(live, null);
  return `${uid}#${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
}

/** Throws CONFLICT where an object is not as it was looked at. */
export function checkMark(target: ObjectRef, live: KubeObject | null, expected: string | null): void {
  if (stateMark(live) === expected) return;
  const what = live === null ? 'is not there any more' : expected === null ? 'is there now' : 'was changed since';
  throw new AppError('CONFLICT', `${refLabel(target)} ${what}: what was approved was previewed on another state.`, {
    hint: 'Preview it again and look at the difference.',
    details: { target, reason: 'ChangedSincePreview' },
  });
}
