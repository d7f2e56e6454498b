import type { ObjectRef } from '@quarterdeck/contract';

const inPlace = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

/** Whether the pod template can be changed in place; Jobs and pods that stand alone cannot. */
export function isEditable(ref: ObjectRef): boolean {
  return inPlace.has(ref.kind);
}

/** What is to be said of a workload whose template is fixed. */
export function recreateWith(ref: ObjectRef, change: string): { missing: string[] } {
  return { missing: [`${ref.kind} ${ref.name} cannot be changed in place: create it again with ${change}.`] };
}
