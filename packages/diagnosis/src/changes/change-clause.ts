import { type ObjectRef, refKey } from '@quarterdeck/contract';
import { timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { type BreakingRevision, breakingRevision, shortlyAfter } from './breaking-revision.ts';
import { hasRevisions } from './revisions.ts';
import { fieldChangesText } from './template-diff.ts';
import { type Write, writesOf, writeText } from './writes.ts';

export interface ChangedCause {
  cause: ObjectRef;
  causeExists: boolean;
  /** What shows the symptoms, pods by their owners. */
  suffering: readonly ObjectRef[];
  /** Epoch milliseconds of the earliest symptom. */
  since: number;
  /** What is said of it so far. */
  sentence: string;
}

/**
 * What changed just before it broke, as a sentence with values; null where nothing did. Of a workload the rollout, of
 * any other cause the last write to it, and of what does not exist the rollout that began to ask for it.
 */
export function changeClause(changed: ChangedCause, view: ClusterView): string | null {
  const { cause, causeExists, since } = changed;
  const workload = hasRevisions(cause) ? cause : causeExists ? undefined : changed.suffering.find(hasRevisions);
  if (workload !== undefined) {
    const broken = breakingRevision(workload, since, view);
    return broken === null ? null : revisionClause(broken, workload, changed);
  }
  const object = view.find(cause);
  const write = object === undefined ? undefined : writesOf(object)[0];
  if (write === undefined || !isRecent(write, changed, view)) return null;
  return `It was ${write.creates ? 'created' : 'changed'} at ${clockTime(write.at)}${wrote(write)}, shortly before the first symptom.`;
}

function wrote(write: Write): string {
  const fields = write.creates || write.fields.length === 0 ? '' : writeText(write).replace(/^set /, '');
  const parts = [fields, write.by === 'unknown' ? '' : `by ${write.by}`].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** The write came shortly before the symptom, and what suffers had lived without it. */
function isRecent({ at }: Write, { cause, suffering, since }: ChangedCause, view: ClusterView): boolean {
  if (at > since + settling || since - at > shortlyAfter) return false;
  return suffering.some((ref) => refKey(ref) !== refKey(cause) && (timeOf(view.find(ref)?.metadata.creationTimestamp) ?? Infinity) < at - settling);
}

/** Objects of one `kubectl apply` are written within this time. Milliseconds. */
const settling = 15_000;

function revisionClause(broken: BreakingRevision, workload: ObjectRef, { cause, sentence }: ChangedCause): string {
  const { current, breaking, before, proof, onlyRestart, by } = broken;
  const whose = refKey(workload) === refKey(cause) ? '' : ` of ${workload.kind} ${workload.name}`;
  const fields = onlyRestart ? 'it only restarted the pods' : fieldChangesText(broken.fields);
  const who = by === null ? '' : `, by ${by}`;
  const details = fields === '' ? '' : ` (${fields}${who})`;
  const differs = `against which the present revision ${current.number} differs in ${fields === '' ? 'nothing that is on record' : fields}`;
  const isProven = proof !== null && proof !== 'ran-before';
  const isFirst = breaking.number === current.number;
  if (!isProven && isFirst) return `It began with revision ${current.number}${whose}${details}; before it was revision ${before.number}.`;
  if (!isProven) return `It began after revision ${before.number}${whose}, the last one that stayed for long and ${differs}.`;
  if (onlyRestart) return restartClause(broken, whose);
  if (!isFirst) return `It broke with revision ${breaking.number}${whose}; the last good one was ${before.number}, ${differs}.`;
  if (!sentence.includes(`revision ${before.number} still serves`))
    return `It broke with revision ${current.number}${whose}${details}; the last good one was ${before.number}.`;
  return fields === '' ? '' : `Revision ${current.number}${whose} changed ${fields}${who}.`;
}

function restartClause({ breaking, before }: BreakingRevision, whose: string): string {
  return `It broke when revision ${breaking.number}${whose} restarted the pods and changed nothing else: what they read at their start has changed since revision ${before.number}.`;
}

/** `2026-05-04 12:00:03 UTC`. */
export function clockTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
