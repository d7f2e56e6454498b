import type { ActionDraft, Change, CheckedManifests, Condition, ObjectRef } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';
import { isRecord } from '../editor/schema/yaml-documents.ts';
import { objectKey } from '../objects/object-key.ts';

const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod']);
const rollsOut: ReadonlySet<string> = new Set(['apps/v1 Deployment', 'apps/v1 StatefulSet', 'apps/v1 DaemonSet']);
/** As many as a step takes. */
const mostConditions = 10;

/**
 * The one action that applies all documents that change something, in their order; null where none does, or one can't
 * be applied. What belongs together may need each other to become ready, so that only the last step waits, for all.
 */
export function draftOf({ documents }: CheckedManifests, taken: ReadonlySet<string>, words: Messages['create']): ActionDraft | null {
  const wanted = documents.filter(({ outcome }) => outcome !== 'unchanged');
  const blocked = wanted.some(({ outcome, conflicts, change }) => outcome === 'refused' || (conflicts.length > 0 && !taken.has(objectKey(change.target))));
  const [first] = wanted;
  if (first === undefined || blocked) return null;
  const { kind, name } = mainOf({ documents: wanted }) ?? first.change.target;
  const changes = wanted.map(({ change }) => (change.verb === 'apply' && taken.has(objectKey(change.target)) ? { ...change, force: true } : change));
  const title = words.draftTitle(wanted.length, `${kind} ${name}`);
  if (changes.length === 1) return { title, steps: changes.map((change) => ({ change })) };
  const waits = changes.flatMap(rolloutOf).slice(0, mostConditions);
  return { title, steps: changes.map((change, index) => ({ change, until: index === changes.length - 1 ? waits : [] })) };
}

/** A rollout that somebody paused, or in which somebody deletes the pods by hand, does not come to an end by itself. */
function rolloutOf(change: Change): Condition[] {
  const { target } = change;
  if (change.verb !== 'apply' || !rollsOut.has(`${target.apiVersion} ${target.kind}`)) return [];
  const spec = isRecord(change.manifest.spec) ? change.manifest.spec : {};
  const byHand = isRecord(spec.updateStrategy) && spec.updateStrategy.type === 'OnDelete';
  return spec.paused === true || byHand ? [] : [{ type: 'rolloutComplete', target }];
}

/** What one looks at afterwards: the workload, else the last thing that is made. */
export function mainOf({ documents }: Pick<CheckedManifests, 'documents'>): ObjectRef | null {
  const targets = documents.filter(({ outcome }) => outcome !== 'unchanged').map(({ change }) => change.target);
  return targets.findLast(({ kind }) => workloads.has(kind)) ?? targets.at(-1) ?? null;
}
