import { type KubeObject, type ObjectRef, type PastChange, refOf } from '@quarterdeck/contract';
import type { LastChange } from '../resolve/compare-chains.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** Parts of Kubernetes that write into objects all the time; what they write is no change that somebody made. */
const ownWriters = new Set(['kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-apiserver', 'cloud-controller-manager']);

/** How long before the first symptom a change is shown. Milliseconds. */
const lookBack = 3_600_000;
const mostChanges = 20;

/** The newest write to an object (its creation at the least) not after a moment, by its managed fields. */
export function lastChangeIn(view: ClusterView): LastChange {
  return (ref, before) => {
    const object = view.find(ref);
    if (object === undefined) return null;
    const times = [...writesOf(object)].map((write) => write.at).filter((at) => before === null || at <= before);
    return times.length === 0 ? null : Math.max(...times);
  };
}

/** Who wrote to these objects in the hour before the first symptom, the newest first. */
export function changesBefore(since: number, objects: readonly ObjectRef[], view: ClusterView): PastChange[] {
  const found = objects.flatMap((ref) => {
    const object = view.find(ref);
    return object === undefined ? [] : [...writesOf(object)].map((write) => ({ object, ...write }));
  });
  const recent = found.filter(({ at }) => at <= since && at >= since - lookBack).sort((a, b) => b.at - a.at);
  return recent.slice(0, mostChanges).map(({ object, at, by, what }) => ({ at: new Date(at).toISOString(), object: refOf(object), by, what }));
}

interface Write {
  at: number;
  by: string;
  what: string;
}

function* writesOf(object: KubeObject): Iterable<Write> {
  const created = Date.parse(object.metadata.creationTimestamp ?? '');
  let creationSeen = false;
  for (const entry of object.metadata.managedFields ?? []) {
    const at = Date.parse(entry.time ?? '');
    if (Number.isNaN(at) || entry.subresource === 'status' || ownWriters.has(entry.manager ?? '')) continue;
    const creates = at === created;
    creationSeen ||= creates;
    yield { at, by: entry.manager ?? 'unknown', what: creates ? 'created' : 'updated' };
  }
  if (!creationSeen && !Number.isNaN(created)) yield { at: created, by: 'unknown', what: 'created' };
}
