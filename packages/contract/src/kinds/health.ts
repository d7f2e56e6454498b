import type { KubeObject } from '../objects/kube-object.ts';
import type { Health } from './kind-descriptor.ts';

interface Condition {
  type: string;
  status: string;
  reason?: string;
  lastTransitionTime?: string;
}

export function conditionOf<C extends Condition>(conditions: readonly C[] | undefined, type: string): C | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** The health of what merely exists: a ConfigMap, a ServiceAccount. Being deleted is the one state it can be in. */
export function presence(object: KubeObject): Health {
  return isTerminating(object) ? { state: 'pending', text: 'Terminating' } : { state: 'healthy', text: '' };
}

export function isTerminating(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

/** How long what has just begun may be unready before that means anything. Milliseconds. */
const settleTime = 60_000;

/** Whether less than `settleTime` has passed since an ISO 8601 time; false where it is not known. */
export function isRecent(time: string | undefined, now: number): boolean {
  return time !== undefined && now - Date.parse(time) < settleTime;
}

/** How a workload is that wants `desired` pods and has `ready`: none is critical, some missing is high. */
export function readiness(ready: number, desired: number, progressing: boolean): Health {
  if (desired === 0) return { state: 'scaledToZero', text: 'Scaled to zero' };
  const text = `${ready}/${desired} ready`;
  if (ready >= desired) return { state: 'healthy', text };
  if (progressing) return { state: 'pending', text };
  return { state: ready === 0 ? 'critical' : 'high', text };
}
