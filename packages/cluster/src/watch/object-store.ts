import { type KubeObject, refKey, refOf } from '@quarterdeck/contract';
import type { WatchBatch } from './watched-list.ts';

/** The objects of one list, and what changed since the last batch was taken. */
export class ObjectStore {
  private readonly byUid = new Map<string, KubeObject>();
  private readonly upserts = new Map<string, KubeObject>();
  private readonly deletes = new Map<string, KubeObject>();

  get objects(): ReadonlyMap<string, KubeObject> {
    return this.byUid;
  }

  upsert(object: KubeObject): void {
    const uid = uidOf(object);
    this.byUid.set(uid, object);
    this.upserts.set(uid, object);
    this.deletes.delete(uid);
  }

  delete(object: KubeObject): void {
    const uid = uidOf(object);
    if (!this.byUid.delete(uid)) return;
    this.upserts.delete(uid);
    this.deletes.set(uid, object);
  }

  /** Makes the list equal to what a new LIST showed; only what differs becomes a change. */
  replace(items: readonly KubeObject[]): void {
    const present = new Set(items.map(uidOf));
    for (const [uid, object] of this.byUid) if (!present.has(uid)) this.delete(object);
    for (const item of items) {
      const known = this.byUid.get(uidOf(item));
      if (known === undefined || !isSameVersion(known, item)) this.upsert(item);
    }
  }

  /** Null where nothing changed. */
  takeBatch(): WatchBatch | null {
    if (this.upserts.size === 0 && this.deletes.size === 0) return null;
    const batch = { upserts: [...this.upserts.values()], deletes: [...this.deletes.values()] };
    this.upserts.clear();
    this.deletes.clear();
    return batch;
  }
}

/** Every stored object has a uid; a few virtual ones (metrics) have only their name. */
function uidOf(object: KubeObject): string {
  return object.metadata.uid ?? refKey(refOf(object));
}

function isSameVersion(a: KubeObject, b: KubeObject): boolean {
  return a.metadata.resourceVersion !== undefined && a.metadata.resourceVersion === b.metadata.resourceVersion;
}
