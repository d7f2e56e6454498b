import { AppError, type KubeObject, type ObjectRef, type RevisionDiff, type Rollout, refLabel } from '@quarterdeck/contract';
import { apiOf } from '../../access/api-of.ts';
import { objectPath } from '../../access/resource-path.ts';
import { objectDiff } from '../diff/object-diff.ts';
import { type ChangeAccess, kindFor } from '../resolve-change.ts';
import { readRaw } from '../send-change.ts';
import { findRevision, readRevisions, type StoredRevision } from './read-revisions.ts';
import { rolloutStatus } from './rollout-status.ts';

/** How far a rollout is, with its history. Throws NOT_FOUND, VALIDATION_ERROR for a kind without rollouts. */
export async function readRollout(access: ChangeAccess, target: ObjectRef, signal: AbortSignal): Promise<Rollout> {
  const workload = await readWorkload(access, target, signal);
  const status = rolloutStatus(workload);
  const revisions = await readRevisions(access, workload, signal);
  return { status, revisions: revisions.map(({ template: _template, annotations: _annotations, ...revision }) => revision) };
}

/** What differs between the pod templates of two revisions. */
export async function compareRevisions(
  access: ChangeAccess,
  target: ObjectRef,
  range: { from: number; to: number },
  signal: AbortSignal,
): Promise<RevisionDiff> {
  const { workload, revisions } = await readHistory(access, target, signal);
  const { from, to } = range;
  const [before, after] = [findRevision(workload, revisions, from), findRevision(workload, revisions, to)];
  return { from, to, diff: objectDiff(before.template, after.template, `${target.kind} ${target.name}`) };
}

/** The workload with all revisions, pod templates included. */
export async function readHistory(
  access: ChangeAccess,
  target: ObjectRef,
  signal: AbortSignal,
): Promise<{ workload: KubeObject; revisions: StoredRevision[] }> {
  const workload = await readWorkload(access, target, signal);
  return { workload, revisions: await readRevisions(access, workload, signal) };
}

async function readWorkload(access: ChangeAccess, target: ObjectRef, signal: AbortSignal): Promise<KubeObject> {
  const kind = kindFor(await access.kinds(signal), target);
  const { namespace, name } = target;
  const object = await readRaw(apiOf(access), objectPath(kind, namespace, name), { resource: kind.plural, namespace, name }, signal);
  if (object !== null) return object;
  throw new AppError('NOT_FOUND', `There is no ${refLabel(target)}.`, { hint: 'List what there is; it may be in another namespace.' });
}
