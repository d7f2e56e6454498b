import { type ObjectRef, type PastChange, refOf, type ValueChange } from '@quarterdeck/contract';
import { revisionsOf } from '../changes/revisions.ts';
import { fieldChangesText, templateChanges } from '../changes/template-diff.ts';
import { type Write, writesOf, writeText, writeTimes } from '../changes/writes.ts';
import type { LastChange } from '../resolve/compare-chains.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** How long before the first symptom a change is shown. Milliseconds. */
const lookBack = 3_600_000;
const mostChanges = 20;

/** The newest write to an object (its creation at the least) not after a moment, by its managed fields. */
export function lastChangeIn(view: ClusterView): LastChange {
  return (ref, before) => {
    const object = view.find(ref);
    if (object === undefined) return null;
    const times = [...writeTimes(object)].filter((at) => before === null || at <= before);
    return times.length === 0 ? null : Math.max(...times);
  };
}

/** Who wrote to these objects in the hour before the first symptom, and what, the newest first. */
export function changesBefore(since: number, objects: readonly ObjectRef[], view: ClusterView): PastChange[] {
  const recent = changesOf(objects, view).filter(({ at }) => at <= since && at >= since - lookBack);
  return recent.slice(0, mostChanges).map(({ at, change }) => ({ at: new Date(at).toISOString(), ...change }));
}

export interface TimedChange {
  /** Epoch milliseconds. */
  at: number;
  change: Omit<PastChange, 'at'>;
}

/** Every change of these objects that is on record: writes by somebody, and rollouts with what they changed. The newest first. */
export function changesOf(objects: readonly ObjectRef[], view: ClusterView): TimedChange[] {
  const changes = objects.flatMap((ref) => [...writtenTo(ref, view), ...rolledOut(ref, view)]);
  return changes.sort((a, b) => b.at - a.at || (a.change.what < b.change.what ? -1 : 1));
}

function writtenTo(ref: ObjectRef, view: ClusterView): TimedChange[] {
  const object = view.find(ref);
  if (object === undefined) return [];
  return writesOf(object).map((write) => ({ at: write.at, change: { object: refOf(object), by: write.by, what: writeText(write), fields: fieldsOf(write) } }));
}

/** Which fields, not which values: Kubernetes keeps no old ones. */
function fieldsOf({ fields }: Write): ValueChange[] {
  return fields.map((path) => ({ path, from: null, to: null }));
}

function rolledOut(ref: ObjectRef, view: ClusterView): TimedChange[] {
  const revisions = revisionsOf(ref, view);
  return revisions.flatMap((revision, index): TimedChange[] => {
    const before = revisions[index - 1];
    if (revision.madeAt === null || before === undefined) return [];
    const fields = templateChanges(before.template, revision.template);
    const text = fieldChangesText(fields);
    return [{ at: revision.madeAt, change: { object: ref, by: 'rollout', what: `revision ${revision.number}${text === '' ? '' : `: ${text}`}`, fields } }];
  });
}
