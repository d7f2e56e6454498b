import { descriptorFor, type HealthState, type ObjectRef } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export interface ObjectState {
  exists: boolean;
  state: HealthState;
  /** A few words; empty where there is nothing to say. */
  text: string;
}

/** States that say less than a finding does. */
const mild = new Set<HealthState>(['healthy', 'pending', 'unknown']);

/**
 * How an object is now, as its kind says. `findings` are those on it and its pods, the worst first: an object that
 * its kind takes for well or on its way is as bad as the worst of them. `wordsOf` a finding's code is a few words or none.
 */
export function objectState(ref: ObjectRef, view: ClusterView, findings: readonly IdentifiedFinding[], wordsOf: (code: string) => string): ObjectState {
  const object = view.find(ref);
  if (object === undefined)
    return view.isMissing(ref) ? { exists: false, state: 'missing', text: 'missing' } : { exists: true, state: 'unknown', text: 'not read' };
  const descriptor = descriptorFor(ref.apiVersion, ref.kind);
  const { state, text } = view.overTime((now) => descriptor.health(object, now));
  const worst = findings[0];
  if (worst === undefined || !mild.has(state)) return { exists: true, state, text };
  return { exists: true, state: worst.severity, text: state === 'pending' ? text : wordsOf(worst.code) || text };
}
