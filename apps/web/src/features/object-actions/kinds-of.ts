import { groupOf } from '@quarterdeck/contract';
import type { ActionTarget } from './object-action.ts';

/** Whether a target is of one of these kinds, named as `group/Kind` (`/Pod` for the core group). */
export function ofKind(...kinds: readonly string[]): (target: ActionTarget) => boolean {
  return ({ object }) => kinds.includes(`${groupOf(object.apiVersion)}/${object.kind}`);
}

/** Those that make new pods when their template changes. */
export const rollingKinds = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'] as const;
