import { type ObjectRef, refOf } from '@quarterdeck/contract';
import type { RemedyProposal } from '../../model/remedy.ts';
import { isReady } from '../../pods/containers.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace } from './step.ts';

const inPlace = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

/** Whether the pod template can be changed in place; Jobs and pods that stand alone cannot. */
export function isEditable(ref: ObjectRef): boolean {
  return inPlace.has(ref.kind);
}

/** What is to be said of a workload whose template is fixed. */
export function recreateWith(ref: ObjectRef, change: string): { missing: string[] } {
  return { missing: [`${ref.kind} ${ref.name} cannot be changed in place: create it again with ${change}.`] };
}

/**
 * A StatefulSet (unless its pods are managed in parallel) waits for a pod that is not ready before it replaces any, even that one: after its template is mended
 * somebody has to delete the pod. Which pods those are, each with its command.
 */
export function remakeDecisions(ref: ObjectRef, view: ClusterView): RemedyProposal['decisions'] {
  const set = ref.kind === 'StatefulSet' ? view.get('StatefulSet', ref.namespace, ref.name) : undefined;
  if (set === undefined || set.spec?.podManagementPolicy === 'Parallel') return [];
  const broken = view.podsOf(ref).filter((pod) => !isReady(pod));
  return broken.map((pod) => ({
    description: `delete pod ${pod.metadata.name} after the change, so that StatefulSet ${ref.name} makes it anew from its mended template (it waits for the broken one otherwise)`,
    command: commandLine(inNamespace(refOf(pod), ['delete', 'pod', pod.metadata.name])),
    destroys: 'The pod that does not run as it is; its claims and their data stay.',
  }));
}
