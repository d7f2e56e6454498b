import type { WatchBatch } from '@quarterdeck/cluster';
import { type KubeObject, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import type { LiveList } from './live-list.ts';

interface Change {
  ref: ObjectRef;
  /** Null for one that is gone. */
  object: KubeObject | null;
  uid: string | undefined;
}

export interface FollowedObjects {
  upserts: readonly KubeObject[];
  deletes: readonly ObjectRef[];
}

/** Gathers what changes in live lists until somebody takes it. */
export class ObjectGatherer {
  readonly #changes = new Map<string, Change>();
  readonly #ends: (() => void)[];

  /** Begins with all that is there. */
  constructor(lists: readonly LiveList[], onChange: () => void) {
    this.#ends = lists.map((list) =>
      list.subscribe((batch) => {
        this.#gather(batch);
        onChange();
      }),
    );
    for (const list of lists) this.#gather({ upserts: list.items(), deletes: [] });
  }

  take(): FollowedObjects {
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    return {
      upserts: changes.flatMap(({ object }) => object ?? []),
      deletes: changes.flatMap(({ object, ref }) => (object === null ? [ref] : [])),
    };
  }

  end(): void {
    for (const end of this.#ends) end();
    this.#changes.clear();
  }

  #gather({ upserts, deletes }: WatchBatch): void {
    for (const gone of deletes) this.#delete(gone);
    for (const object of upserts) this.#put(object, object);
  }

  /** What took the place of an object is not gone with it. */
  #delete(gone: KubeObject): void {
    const known = this.#changes.get(refKey(refOf(gone)));
    if (known?.object && known.uid !== gone.metadata.uid) return;
    this.#put(gone, null);
  }

  #put(object: KubeObject, after: KubeObject | null): void {
    const ref = refOf(object);
    this.#changes.set(refKey(ref), { ref, object: after, uid: object.metadata.uid });
  }
}
