import { type KubeObject, type ObjectRef, refKey } from '@quarterdeck/contract';
import { Cell } from '../incremental/cell.ts';
import { compareText } from '../resolve/compare-chains.ts';

/** What an object is to others, whatever else it says. */
export interface ObjectIdentity {
  uid: string | undefined;
  controller: ObjectRef | null;
  /** The uid of the controller as the object gives it. */
  controllerUid: string | undefined;
  /** The revision that a ReplicaSet's pod is of. */
  templateHash: string | undefined;
}

/** The place of one object in the index. It is also there for an object that does not exist, while somebody looks for it. */
export class ObjectSlot {
  readonly key: string;
  readonly ref: ObjectRef;
  object: KubeObject | undefined;
  /** What `identityOf` says of the object; null until it is asked for. */
  known: ObjectIdentity | null = null;
  /** Changes with everything about the object. */
  readonly content: Cell;
  /** Changes with what the object is to others: whether it exists, its uid, its owner. */
  readonly identity: Cell;
  readonly #home: Map<string, ObjectSlot>;

  constructor(ref: ObjectRef, home: Map<string, ObjectSlot>) {
    this.key = refKey(ref);
    this.ref = ref;
    this.#home = home;
    this.content = new SlotCell(this);
    this.identity = new SlotCell(this);
  }

  /** Forgets itself where it holds nothing and nobody looks. */
  tidy(): void {
    if (this.object === undefined && !this.content.isRead && !this.identity.isRead) this.#home.delete(this.key);
  }
}

class SlotCell extends Cell {
  readonly #slot: ObjectSlot;

  constructor(slot: ObjectSlot) {
    super();
    this.#slot = slot;
  }

  protected override unread(): void {
    this.#slot.tidy();
  }
}

/** The order of lists: namespace, then name. */
export function byName(a: ObjectSlot, b: ObjectSlot): number {
  return compareText(a.ref.namespace ?? '', b.ref.namespace ?? '') || compareText(a.ref.name, b.ref.name);
}
