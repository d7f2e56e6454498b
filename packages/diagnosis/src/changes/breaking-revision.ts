import type { ObjectRef, ValueChange } from '@quarterdeck/contract';
import { timeOf } from '../pods/evidence.ts';
import { workloadAt } from '../pods/workload.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { completedRevision, type Revision, revisionsOf } from './revisions.ts';
import { restartedAt, templateChanges } from './template-diff.ts';
import { writesOf } from './writes.ts';

/** How long after a change a symptom may begin and still be held to be its work. Milliseconds. */
export const shortlyAfter = 600_000;
/** A controller makes a revision within moments of the write that asks for it. Milliseconds. */
const writeToRevision = 5_000;

/** With strategy Recreate the old pods go first, as long as they take to end. Milliseconds. */
const takingDown = 60_000;
/** Times of the API are whole seconds. Milliseconds. */
const sameMoment = 1_000;

/** A rollout after which a workload does not become ready any more. */
export interface BreakingRevision {
  /** The one that it runs, or tries to run. */
  current: Revision;
  /** The first one that did not work. */
  breaking: Revision;
  /** The one before. */
  before: Revision;
  /** How it is known that the one before was well; `ran-before`: nothing tells that it was not; null: it never was. */
  proof: 'serves' | 'was-available' | 'was-complete' | 'ran-before' | null;
  /** From the one before to the current one, paths inside the pod template. */
  fields: ValueChange[];
  /** It has the same template but for the time of a restart. */
  onlyRestart: boolean;
  /** The field manager that asked for it; null where that is not on record. */
  by: string | null;
}

/**
 * The revision with which a workload broke, where its rollout is what changed: nothing of the current one is ready, and
 * an older one serves, was complete, or the workload was available until it came. `since`: when the symptom began.
 */
export function breakingRevision(workload: ObjectRef, since: number | null, view: ClusterView): BreakingRevision | null {
  const revisions = revisionsOf(workload, view);
  const current = revisions.at(-1);
  if (current === undefined || revisions.length < 2 || current.readyPods > 0) return null;
  const known = lastGood(workload, revisions, view);
  const before = known?.revision ?? (followsIt(current, since) ? likelyGood(revisions) : undefined);
  const breaking = before === undefined ? undefined : revisions[revisions.indexOf(before) + 1];
  if (before === undefined || breaking === undefined) return null;
  const all = templateChanges(before.template, current.template);
  const fields = all.filter(({ path }) => path !== restartedAt);
  return {
    current,
    breaking,
    before,
    proof: known?.proof ?? (wasNeverAvailable(workload, view) ? null : 'ran-before'),
    fields,
    onlyRestart: fields.length < all.length && fields.length === 0,
    by: writerOf(workload, breaking, view),
  };
}

interface KnownGood {
  revision: Revision;
  proof: NonNullable<BreakingRevision['proof']>;
}

function lastGood(workload: ObjectRef, revisions: readonly Revision[], view: ClusterView): KnownGood | null {
  const serving = revisions.slice(0, -1).findLast(({ readyPods }) => readyPods > 0);
  if (serving !== undefined) return { revision: serving, proof: 'serves' };
  const completed = completedRevision(workload, revisions, view);
  if (completed !== null) return { revision: completed, proof: 'was-complete' };
  const broke = brokeAvailability(workload, revisions, view);
  const before = broke === null ? undefined : revisions[revisions.indexOf(broke) - 1];
  return before === undefined ? null : { revision: before, proof: 'was-available' };
}

/** The revision that came when the workload ceased to be available; null where availability does not tell. */
function brokeAvailability(workload: ObjectRef, revisions: readonly Revision[], view: ClusterView): Revision | null {
  const ceased = availableUntil(workload, view);
  const current = revisions.at(-1);
  if (ceased === null || current === undefined) return null;
  const isWithin = ({ madeAt }: Revision, from: number, until: number) => madeAt !== null && madeAt >= from && madeAt <= until;
  const next = recreates(workload, view) ? revisions.find((revision) => isWithin(revision, ceased, ceased + takingDown)) : undefined;
  const last = next ?? revisions.findLast((revision) => isWithin(revision, ceased - shortlyAfter, ceased + sameMoment));
  // Without a readiness probe a crash loop is available for a moment at every start: then only two revisions leave no doubt.
  return last === undefined || (last === current && revisions.length > 2 && !hasReadinessProbe(workload, view)) ? null : last;
}

function hasReadinessProbe(workload: ObjectRef, view: ClusterView): boolean {
  return (workloadAt(workload, view)?.spec.containers ?? []).some(({ readinessProbe }) => readinessProbe !== undefined);
}

/** Where nothing tells which of the older ones was well: the newest that lasted, else the one before. */
function likelyGood(revisions: readonly Revision[]): Revision | undefined {
  const lasted = revisions.slice(0, -1).findLast(({ madeAt }, index) => {
    const next = revisions[index + 1]?.madeAt ?? null;
    return madeAt !== null && next !== null && next - madeAt >= shortlyAfter;
  });
  return lasted ?? revisions.at(-2);
}

function recreates(workload: ObjectRef, view: ClusterView): boolean {
  return view.get('Deployment', workload.namespace, workload.name)?.spec?.strategy?.type === 'Recreate';
}

/** When a Deployment ceased to be available; null where it is, or never was. */
function availableUntil(workload: ObjectRef, view: ClusterView): number | null {
  const ceased = unavailableSince(workload, view);
  return ceased === null || ceased.afterCreation <= writeToRevision ? null : ceased.at;
}

/** A Deployment that has been unavailable from its first moment on. */
function wasNeverAvailable(workload: ObjectRef, view: ClusterView): boolean {
  const ceased = unavailableSince(workload, view);
  return ceased !== null && ceased.afterCreation <= writeToRevision;
}

function unavailableSince(workload: ObjectRef, view: ClusterView): { at: number; afterCreation: number } | null {
  if (workload.kind !== 'Deployment') return null;
  const deployment = view.get('Deployment', workload.namespace, workload.name);
  const condition = deployment?.status?.conditions?.find(({ type }) => type === 'Available');
  const at = condition?.status === 'False' ? timeOf(condition.lastTransitionTime) : null;
  return at === null ? null : { at, afterCreation: at - (timeOf(deployment?.metadata.creationTimestamp) ?? 0) };
}

function followsIt({ madeAt }: Revision, since: number | null): boolean {
  return madeAt !== null && since !== null && since >= madeAt - writeToRevision && since - madeAt <= shortlyAfter;
}

function writerOf(workload: ObjectRef, { madeAt }: Revision, view: ClusterView): string | null {
  const object = view.find(workload);
  if (object === undefined || madeAt === null) return null;
  return writesOf(object).find(({ at, creates }) => !creates && Math.abs(at - madeAt) <= writeToRevision)?.by ?? null;
}
