import { managedBy } from '@quarterdeck/cluster';
import type { ObjectRef } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';

/** Who would undo a change that is made in the cluster alone: the tool or autoscaler that keeps the object as it wants it, in words. */
export function sourcesOf(objects: readonly ObjectRef[], view: ClusterView): string[] {
  const notes = objects.flatMap((ref) => {
    const object = view.find(ref);
    const kept = object === undefined ? [] : managedBy(object).map(({ note }) => `${ref.kind} ${ref.name}: ${note}`);
    const scaled = view
      .incoming(ref, 'scales')
      .map(({ from }) => `${ref.kind} ${ref.name}: HorizontalPodAutoscaler ${from.name} sets its replicas; a number set by hand does not stay.`);
    return [...kept, ...scaled];
  });
  return [...new Set(notes)];
}
