import { type BuiltInKind, builtInKinds, isKind, type KindTypes, type KubeObject, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import type { Tracker } from '../incremental/tracker.ts';
import { type ObjectIdentity, ObjectSlot } from './object-slot.ts';
import { controllerOf } from './ownership.ts';
import { SlotList } from './slot-list.ts';
import { kindKey } from './typed-kind.ts';

/** What the index is told: the object that is there now, or that there is none. */
export interface SlotChange {
  slot: ObjectSlot;
  before: KubeObject | undefined;
  after: KubeObject | undefined;
}

interface KindList {
  all: SlotList;
  /** Null until somebody asks for one namespace. */
  byNamespace: Map<string, SlotList> | null;
}

/** Objects by kind, namespace and name, with lists that are sorted, so that the order of arrival never shows. */
export class ObjectIndex {
  readonly #tracker: Tracker;
  readonly #slots = new Map<string, ObjectSlot>();
  readonly #kinds = new Map<string, KindList>();

  constructor(tracker: Tracker) {
    this.#tracker = tracker;
  }

  find(ref: ObjectRef): KubeObject | undefined {
    return this.#read(ref, 'content')?.object;
  }

  get<K extends BuiltInKind>(kind: K, namespace: string | null, name: string): KindTypes[K] | undefined {
    const { apiVersion, namespaced } = builtInKinds[kind];
    const object = this.find({ apiVersion, kind, namespace: namespaced ? namespace : null, name });
    return object !== undefined && isKind(object, kind) ? object : undefined;
  }

  /** For who does not care what the object says: whether it is there, whose it is. */
  identityOf(ref: ObjectRef): ObjectIdentity | undefined {
    const slot = this.#read(ref, 'identity');
    if (slot?.object === undefined) return undefined;
    slot.known ??= identityOf(slot.object);
    return slot.known;
  }

  list<K extends BuiltInKind>(kind: K, namespace?: string): readonly KindTypes[K][] {
    const objects = this.#objectsOf(kindKey(builtInKinds[kind].apiVersion, kind), namespace);
    return areKind(objects, kind) ? objects : [];
  }

  /** As `list`, of a kind that has no type here. */
  listCustom(group: string, kind: string, namespace?: string): readonly KubeObject[] {
    return this.#objectsOf(`${group}|${kind}`, namespace);
  }

  /** The names of a kind's objects: unlike the list it stays the same when only the objects change. */
  names(kind: BuiltInKind, namespace?: string): readonly string[] {
    const list = this.#listOf(kindKey(builtInKinds[kind].apiVersion, kind), namespace);
    this.#tracker.read(list.membersCell);
    return list.names();
  }

  /** One reference an object, however often it is asked for. */
  refOf(object: KubeObject): ObjectRef {
    const ref = refOf(object);
    return this.#slots.get(refKey(ref))?.ref ?? ref;
  }

  /** Every object's slot, in no order; what is read so is not noted. */
  *slots(): Iterable<ObjectSlot> {
    for (const slot of this.#slots.values()) if (slot.object !== undefined) yield slot;
  }

  /** The slot of an object that is there; what is read so is not noted. */
  slotOf(ref: ObjectRef): ObjectSlot | undefined {
    return this.#slots.get(refKey(ref));
  }

  upsert(object: KubeObject): SlotChange | null {
    const ref = refOf(object);
    const slot = this.#slots.get(refKey(ref)) ?? this.#open(ref);
    return slot.object === object ? null : this.#put(slot, object);
  }

  delete(ref: ObjectRef): SlotChange | null {
    const slot = this.#slots.get(refKey(ref));
    return slot?.object === undefined ? null : this.#put(slot, undefined);
  }

  #put(slot: ObjectSlot, after: KubeObject | undefined): SlotChange {
    const before = slot.object;
    const known = before === undefined ? null : (slot.known ?? identityOf(before));
    slot.object = after;
    slot.known = null;
    for (const list of this.#listsWith(slot)) {
      if (before === undefined) list.add(slot);
      else if (after === undefined) list.remove(slot);
      else list.touch();
    }
    slot.content.change();
    const now = after === undefined ? null : identityOf(after);
    if (isSameIdentity(known, now)) slot.known = known;
    else slot.identity.change();
    slot.tidy();
    return { slot, before, after };
  }

  #read(ref: ObjectRef, what: 'content' | 'identity'): ObjectSlot | undefined {
    const known = this.#slots.get(refKey(ref));
    if (!this.#tracker.isRecording) return known;
    const slot = known ?? this.#open(ref);
    this.#tracker.read(slot[what]);
    return slot;
  }

  #open(ref: ObjectRef): ObjectSlot {
    const slot = new ObjectSlot(ref, this.#slots);
    this.#slots.set(slot.key, slot);
    return slot;
  }

  #objectsOf(key: string, namespace: string | undefined): readonly KubeObject[] {
    const list = this.#listOf(key, namespace);
    this.#tracker.read(list.objectsCell);
    return list.objects();
  }

  #listOf(key: string, namespace: string | undefined): SlotList {
    const kind = this.#kinds.get(key) ?? this.#openKind(key);
    if (namespace === undefined) return kind.all;
    kind.byNamespace ??= splitByNamespace(kind.all);
    return namespaceList(kind.byNamespace, namespace);
  }

  #listsWith({ ref }: ObjectSlot): SlotList[] {
    const { all, byNamespace } = this.#kinds.get(kindKey(ref.apiVersion, ref.kind)) ?? this.#openKind(kindKey(ref.apiVersion, ref.kind));
    return byNamespace === null ? [all] : [all, namespaceList(byNamespace, ref.namespace ?? '')];
  }

  #openKind(key: string): KindList {
    const kind: KindList = { all: new SlotList(), byNamespace: null };
    this.#kinds.set(key, kind);
    return kind;
  }
}

function splitByNamespace(all: SlotList): Map<string, SlotList> {
  const lists = new Map<string, SlotList>();
  for (const slot of all.members()) namespaceList(lists, slot.ref.namespace ?? '').add(slot);
  return lists;
}

function namespaceList(lists: Map<string, SlotList>, namespace: string): SlotList {
  const list = lists.get(namespace) ?? new SlotList();
  lists.set(namespace, list);
  return list;
}

function identityOf(object: KubeObject): ObjectIdentity {
  const { uid, labels, ownerReferences } = object.metadata;
  const reference = ownerReferences?.find((owner) => owner.controller === true);
  return { uid, controller: controllerOf(object), controllerUid: reference?.uid, templateHash: labels?.['pod-template-hash'] };
}

function isSameIdentity(a: ObjectIdentity | null, b: ObjectIdentity | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.uid !== b.uid || a.controllerUid !== b.controllerUid || a.templateHash !== b.templateHash) return false;
  return a.controller === null || b.controller === null ? a.controller === b.controller : isSameController(a.controller, b.controller);
}

function isSameController(a: ObjectRef, b: ObjectRef): boolean {
  return a.apiVersion === b.apiVersion && refKey(a) === refKey(b);
}

/** A list holds one kind, so that its first object speaks for all. */
function areKind<K extends BuiltInKind>(objects: readonly KubeObject[], kind: K): objects is readonly (KindTypes[K] & KubeObject)[] {
  const [first] = objects;
  return first === undefined || isKind(first, kind);
}
