import type { ActionDraft, CheckedManifests, ObjectRef } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';
import { objectKey } from '../objects/object-key.ts';

const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod']);

/** The one action that applies all documents that change something, in their order; null where none does, or one can't be applied. */
export function draftOf({ documents }: CheckedManifests, taken: ReadonlySet<string>, words: Messages['create']): ActionDraft | null {
  const wanted = documents.filter(({ outcome }) => outcome !== 'unchanged');
  const blocked = wanted.some(({ outcome, conflicts, change }) => outcome === 'refused' || (conflicts.length > 0 && !taken.has(objectKey(change.target))));
  const [first] = wanted;
  if (first === undefined || blocked) return null;
  const { kind, name } = (mainOf({ documents: wanted }) ?? first.change.target) satisfies ObjectRef;
  const steps = wanted.map(({ change }) => ({ change: change.verb === 'apply' && taken.has(objectKey(change.target)) ? { ...change, force: true } : change }));
  return { title: words.draftTitle(wanted.length, `${kind} ${name}`), steps };
}

/** What one looks at afterwards: the workload, else the last thing that is made. */
export function mainOf({ documents }: Pick<CheckedManifests, 'documents'>): ObjectRef | null {
  const targets = documents.filter(({ outcome }) => outcome !== 'unchanged').map(({ change }) => change.target);
  return targets.findLast(({ kind }) => workloads.has(kind)) ?? targets.at(-1) ?? null;
}
