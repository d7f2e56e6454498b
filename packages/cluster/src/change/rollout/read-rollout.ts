import type { KubeObject, ObjectRef, RevisionDiff, Rollout } from '@quarterdeck/contract';
import type { ClusterAccess } from '../../access/cluster-access.ts';
import { objectDiff } from '../diff/object-diff.ts';
import { servedKind } from '../resolve-change.ts';
import { findRevision, readRevisions, type StoredRevision } from './read-revisions.ts';
import { rolloutStatus } from './rollout-status.ts';

/** A recording will do. */
type ReadAccess = Pick<ClusterAccess, 'kinds' | 'get' | 'list'>;

/** How far a rollout is, with its history. Throws NOT_FOUND, VALIDATION_ERROR for a kind without rollouts. */
export async function readRollout(access: ReadAccess, target: ObjectRef, signal: AbortSignal): Promise<Rollout> {
  const workload = await readWorkload(access, target, signal);
  const status = rolloutStatus(workload);
  const revisions = await readRevisions(access, workload, signal);
  return { status, revisions: revisions.map(({ template: _template, annotations: _annotations, ...revision }) => revision) };
}

/** What differs between the pod templates of two revisions. */
export async function compareRevisions(access: ReadAccess, target: ObjectRef, range: { from: number; to: number }, signal: AbortSignal): Promise<RevisionDiff> {
  const { workload, revisions } = await readHistory(access, target, signal);
  const { from, to } = range;
  const [before, after] = [findRevision(workload, revisions, from), findRevision(workload, revisions, to)];
  return { from, to, diff: objectDiff(before.template, after.template, `${target.kind} ${target.name}`) };
}

/** The workload with all revisions, pod templates included. */
export async function readHistory(access: ReadAccess, target: ObjectRef, signal: AbortSignal): Promise<{ workload: KubeObject; revisions: StoredRevision[] }> {
  const workload = await readWorkload(access, target, signal);
  return { workload, revisions: await readRevisions(access, workload, signal) };
}

async function readWorkload(access: ReadAccess, target: ObjectRef, signal: AbortSignal): Promise<KubeObject> {
  return access.get(await servedKind(access, target, signal), target.namespace, target.name, signal);
}
