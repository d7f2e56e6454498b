import type { KubeObject } from '@quarterdeck/contract';
import { uidOf } from '../rows/projection.ts';
import { EqualParts } from './equal-parts.ts';
import type { WatchBatch } from './watched-list.ts';

/** The objects of one list, and what changed since the last batch was taken. Equal parts of them are kept once. */
export class ObjectStore {
  readonly byUid = new Map<string, KubeObject>();
  private readonly parts = new EqualParts();
  private readonly upserts = new Map<string, KubeObject>();
  private readonly deletes = new Map<string, KubeObject>();

  upsert(object: KubeObject): void {
    const uid = uidOf(object);
    const known = this.byUid.get(uid);
    if (known !== undefined && isSameVersion(known, object)) return;
    const shared = this.parts.share(object);
    this.byUid.set(uid, shared);
    this.upserts.set(uid, shared);
    this.deletes.delete(uid);
  }

  delete(uid: string): void {
    const object = this.byUid.get(uid);
    if (object === undefined) return;
    this.byUid.delete(uid);
    this.upserts.delete(uid);
    this.deletes.set(uid, object);
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

function isSameVersion(a: KubeObject, b: KubeObject): boolean {
  return a.metadata.resourceVersion !== undefined && a.metadata.resourceVersion === b.metadata.resourceVersion;
}
