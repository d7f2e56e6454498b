import { type Change, type KubeObject, type ObjectRef, refKey } from '@quarterdeck/contract';

export interface Planned {
  change: Change;
  /** Where it was given. */
  index: number;
  /** The object's state when it was looked at; null where nobody looked. */
  live: KubeObject | null;
}

/**
 * Deletions in an order in which no controller makes anew what was just deleted: owners before what they own, and
 * namespaces last of all. Other changes keep their order.
 */
export function deletionOrder(planned: readonly Planned[]): Planned[] {
  const depths = new Map(planned.map((entry) => [entry, depthOf(entry, planned, new Set())]));
  return [...planned].sort((a, b) => rank(a.change) - rank(b.change) || (depths.get(a) ?? 0) - (depths.get(b) ?? 0) || a.index - b.index);
}

function rank({ verb, target }: Change): number {
  if (verb !== 'delete') return 0;
  if (target.kind === 'CustomResourceDefinition') return 2;
  return target.kind === 'Namespace' ? 3 : 1;
}

/** How many of those that are deleted own it, one above the other. */
function depthOf(entry: Planned, planned: readonly Planned[], seen: Set<Planned>): number {
  const owner = ownerAmong(entry, planned);
  if (owner === null || seen.has(owner)) return 0;
  return 1 + depthOf(owner, planned, seen.add(owner));
}

/** The one of those deleted with all they own that owns this object, or whose namespace holds it; null where there is none. */
export function ownerAmong({ change, live }: Planned, planned: readonly Planned[]): Planned | null {
  const owners = new Set((live?.metadata.ownerReferences ?? []).map((owner) => owner.uid));
  const deleted = planned.filter((other) => other.change.verb === 'delete' && other.change !== change);
  return (
    deleted.find(
      ({ live: other, change: deletion }) => (other?.metadata.uid !== undefined && owners.has(other.metadata.uid)) || holds(deletion.target, change.target),
    ) ?? null
  );
}

function holds(namespace: ObjectRef, target: ObjectRef): boolean {
  return namespace.kind === 'Namespace' && target.namespace === namespace.name && refKey(namespace) !== refKey(target);
}
