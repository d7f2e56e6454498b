import { groupOf, isKind, type KindTypes, type KubeObject, type ObjectRef, refKey, refTo } from '@quarterdeck/contract';
import { Computation, type WorkList } from '../incremental/computation.ts';
import type { Tracker } from '../incremental/tracker.ts';
import type { ObjectIndex, SlotChange } from './object-index.ts';
import type { ObjectSlot } from './object-slot.ts';
import { SlotLists } from './slot-list.ts';

/** What is made by a controller for itself; everything else is an object that a person writes, even where an operator owns it. */
const madeByControllers = new Set(['Pod', 'ReplicaSet', 'ReplicationController', 'Job', 'EndpointSlice', 'ControllerRevision']);
/** What stands between a pod and the object that a person wrote. */
const betweenPodAndOwner = ['ReplicaSet', 'Job', 'Pod'] as const;
const deepest = 5;

/** Who controls whom, by ownerReferences; walked upwards to name and kept downwards to count. */
export class Ownership {
  readonly #index: ObjectIndex;
  readonly #tracker: Tracker;
  readonly #work: WorkList<PodOwners>;
  readonly #pods = new SlotLists();
  readonly #owners = new Map<ObjectSlot, PodOwners>();

  constructor(index: ObjectIndex, tracker: Tracker, work: WorkList<PodOwners>) {
    this.#index = index;
    this.#tracker = tracker;
    this.#work = work;
  }

  topOwner(ref: ObjectRef): ObjectRef {
    let top = ref;
    for (let depth = 0; depth < deepest; depth++) {
      const owner = madeByControllers.has(top.kind) ? (this.#index.identityOf(top)?.controller ?? null) : null;
      if (owner === null || owner.kind === 'Node') return this.#deploymentOf(top, ref);
      top = owner;
    }
    return top;
  }

  /** The Deployment of a ReplicaSet that could not be read, known by the pod-template-hash at the end of its name. */
  #deploymentOf(top: ObjectRef, from: ObjectRef): ObjectRef {
    if (top.kind !== 'ReplicaSet' || this.#index.identityOf(top) !== undefined) return top;
    const hash = this.#index.identityOf(from)?.templateHash;
    if (hash === undefined || !top.name.endsWith(`-${hash}`)) return top;
    return refTo('Deployment', top.namespace, top.name.slice(0, -hash.length - 1));
  }

  /** The pods below an object through ReplicaSets and Jobs, by name; of a pod itself that pod. */
  podsOf(ref: ObjectRef): readonly KindTypes['Pod'][] {
    const own = isPodRef(ref) ? this.#index.find(ref) : undefined;
    if (own !== undefined && isKind(own, 'Pod')) return [own];
    const key = refKey(ref);
    const list = this.#tracker.isRecording ? this.#pods.at(key) : this.#pods.known(key);
    if (list === undefined) return [];
    this.#tracker.read(list.objectsCell);
    const pods = list.objects();
    return arePods(pods) ? pods : [];
  }

  /** To be called for every change of a pod. */
  follow({ slot, before, after }: SlotChange): void {
    if (before === undefined) this.#open(slot);
    else if (after === undefined) this.#close(slot);
    else for (const key of this.#owners.get(slot)?.keys ?? []) this.#pods.known(key)?.touch();
  }

  /** Works out anew whose a pod is. */
  settle(owners: PodOwners): void {
    const { slot, keys } = owners;
    owners.keys = this.#tracker.record(owners, () => this.#ownersOf(slot));
    for (const key of keys) if (!owners.keys.includes(key)) this.#pods.remove(key, slot);
    for (const key of owners.keys) if (!keys.includes(key)) this.#pods.add(key, slot);
  }

  #open(slot: ObjectSlot): void {
    const owners = new PodOwners(slot, this.#work);
    this.#owners.set(slot, owners);
    owners.invalidate();
  }

  #close(slot: ObjectSlot): void {
    const owners = this.#owners.get(slot);
    if (owners === undefined) return;
    this.#tracker.forget(owners);
    this.#work.remove(owners);
    this.#owners.delete(slot);
    for (const key of owners.keys) this.#pods.remove(key, slot);
  }

  /** From the pod upwards, as long as what is there was made for pods. */
  #ownersOf(slot: ObjectSlot): string[] {
    const keys: string[] = [];
    let child: ObjectRef | null = slot.ref;
    for (let depth = 0; depth < deepest && child !== null; depth++) {
      const owner: ObjectRef | null = this.#ownerOf(child);
      if (owner === null || keys.includes(refKey(owner))) break;
      keys.push(refKey(owner));
      child = isBetween(owner) ? owner : null;
    }
    return keys;
  }

  /** An owner of the same name but another uid is a later object: the child is an orphan. */
  #ownerOf(ref: ObjectRef): ObjectRef | null {
    const identity = this.#index.identityOf(ref);
    if (identity === undefined || identity.controller === null) return null;
    const uid = this.#index.identityOf(identity.controller)?.uid;
    return uid === undefined || !identity.controllerUid || identity.controllerUid === uid ? identity.controller : null;
  }
}

/** Whose a pod is: the keys of its owners, the nearest first. */
export class PodOwners extends Computation {
  readonly slot: ObjectSlot;
  keys: readonly string[] = [];
  readonly #work: WorkList<PodOwners>;

  constructor(slot: ObjectSlot, work: WorkList<PodOwners>) {
    super();
    this.slot = slot;
    this.#work = work;
  }

  override invalidate(): void {
    this.#work.add(this);
  }
}

function isBetween(ref: ObjectRef): boolean {
  return betweenPodAndOwner.some((kind) => ref.kind === kind && groupOf(ref.apiVersion) === groupOf(refTo(kind, null, '').apiVersion));
}

function isPodRef({ apiVersion, kind }: ObjectRef): boolean {
  return kind === 'Pod' && groupOf(apiVersion) === '';
}

/** Nothing but pods is put into these lists, so that the first one speaks for all. */
function arePods(objects: readonly KubeObject[]): objects is readonly KindTypes['Pod'][] {
  return objects[0] === undefined || isKind(objects[0], 'Pod');
}

/** The controlling owner, whether it can be seen or not. */
export function controllerOf(object: KubeObject): ObjectRef | null {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller === true);
  if (!owner?.apiVersion || !owner.kind || !owner.name) return null;
  const clusterScoped = owner.kind === 'Node' && groupOf(owner.apiVersion) === '';
  return { apiVersion: owner.apiVersion, kind: owner.kind, namespace: clusterScoped ? null : (object.metadata.namespace ?? null), name: owner.name };
}
