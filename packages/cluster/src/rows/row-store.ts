import type { KubeObject } from '@quarterdeck/contract';
import type { LiveRow } from './live-row.ts';
import { type Projection, uidOf } from './projection.ts';
import type { RowBatch } from './row-list.ts';

/**
 * The rows of one list, and what changed since the last batch was taken. Of the objects, only those whose rows change
 * with time are kept.
 */
export class RowStore {
  readonly projection: Projection;
  readonly byUid = new Map<string, LiveRow>();
  private readonly now: () => number;
  private readonly waiting = new Map<string, KubeObject>();
  private readonly upserts = new Map<string, LiveRow>();
  private readonly deletes = new Set<string>();

  constructor(projection: Projection, now: () => number) {
    this.projection = projection;
    this.now = now;
  }

  upsert(object: KubeObject): void {
    const uid = uidOf(object);
    const { resourceVersion } = object.metadata;
    if (resourceVersion !== undefined && this.byUid.get(uid)?.resourceVersion === resourceVersion) return;
    this.project(uid, object, this.now());
  }

  delete(uid: string): void {
    this.waiting.delete(uid);
    if (!this.byUid.delete(uid)) return;
    this.upserts.delete(uid);
    this.deletes.add(uid);
  }

  /** Projects again what time may have changed. */
  refresh(): void {
    const now = this.now();
    for (const [uid, object] of this.waiting) this.project(uid, object, now);
  }

  /** Null where nothing changed. */
  takeBatch(): RowBatch | null {
    if (this.upserts.size === 0 && this.deletes.size === 0) return null;
    const batch = { upserts: [...this.upserts.values()], deletes: [...this.deletes] };
    this.upserts.clear();
    this.deletes.clear();
    return batch;
  }

  private project(uid: string, object: KubeObject, now: number): void {
    const row = this.projection.project(object, now);
    if (this.projection.changesWithTime(object, now)) this.waiting.set(uid, object);
    else this.waiting.delete(uid);
    const before = this.byUid.get(uid);
    this.byUid.set(uid, row);
    // Objects change far more often than what anybody sees of them.
    if (before?.isSameTo(row) === true) return;
    this.upserts.set(uid, row);
    this.deletes.delete(uid);
  }
}
