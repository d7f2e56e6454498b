import { groupOf } from '@quarterdeck/contract';
import type { CustomResource } from '../model/analyser.ts';
import { timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { conditionsOf, faultyCondition } from './conditions.ts';
import { textAt } from './fields.ts';
import { failingWord } from './state-word.ts';

const ends = ['completionTime', 'completionTimestamp', 'finishedAt', 'stoppedAt', 'endTime', 'completedAt'];
const runKinds = /(Run|Runs|Workflow|Backup|Restore|Snapshot|Job|Task|Test|Build|Request|Operation|Execution)$/;

/** Whether a resource runs to an end, as a Job does, instead of being kept as it is. */
export function isRun(object: CustomResource): boolean {
  return runKinds.test(object.kind) || ends.some((field) => textAt(object.status, field) !== null);
}

/** Whether a later run of the same sort exists that shows no fault: what failed before is over. */
export function followedBy(object: CustomResource, view: Pick<ClusterView, 'listCustom'>): boolean {
  const stem = stemOf(object);
  const ended = endOf(object);
  return view
    .listCustom(groupOf(object.apiVersion), object.kind, object.metadata.namespace)
    .some((other) => stemOf(other) === stem && endOf(other) > ended && isWell(other));
}

/** When a run ended; one that goes on is as new as its creation. Epoch milliseconds. */
function endOf(object: CustomResource): number {
  const known = ends.map((field) => timeOf(textAt(object.status, field))).find((time) => time !== null);
  return known ?? timeOf(object.metadata.creationTimestamp) ?? 0;
}

function isWell(object: CustomResource): boolean {
  return faultyCondition(conditionsOf(object))?.verdict !== 'failing' && failingWord(object, undefined) === null;
}

/** What runs of the same sort share: their owner, what their names are generated from, or the name without its last part. */
function stemOf({ metadata }: CustomResource): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner !== undefined) return `${owner.kind}/${owner.name}`;
  return metadata.generateName ?? metadata.name.replace(/[-.]?[0-9a-z]*$/, '');
}
