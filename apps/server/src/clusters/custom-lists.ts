import { type ClusterAccess, type CustomKind, chooseCustomKinds, coverageOfError, customKind, withinLimit } from '@quarterdeck/cluster';
import { isKind, type KubeObject, type ResourceKind, refKey, refOf } from '@quarterdeck/contract';
import type { OpenCluster } from './cluster-source.ts';
import { type LiveList, untilRead } from './live-list.ts';
import type { FollowedObjects } from './object-gatherer.ts';

interface FollowedKind {
  kind: ResourceKind;
  list: LiveList;
  unsubscribe(): void;
}

export interface CustomListsInput {
  cluster: OpenCluster;
  access: Pick<ClusterAccess, 'kinds'>;
  /** The live CustomResourceDefinitions; null where the cluster has none of that kind. The caller releases it. */
  definitions: LiveList | null;
  /** As for `OpenCluster.openList`. */
  namespaces: readonly string[];
  signal: AbortSignal;
}

/** One reader of custom resources that change. */
export interface CustomFollower {
  take(): FollowedObjects & { customKinds: CustomKind[] };
  end(): void;
}

/** Live lists of the custom kinds, opened and closed as their definitions come and go. */
export class CustomLists {
  readonly #input: CustomListsInput;
  readonly #followed = new Map<string, FollowedKind>();
  readonly #listeners = new Set<() => void>();
  #left: readonly CustomKind[] = [];
  #wanted = '';
  #syncing: Promise<void> = Promise.resolve();
  #closed = false;
  #end: () => void = () => undefined;

  constructor(input: CustomListsInput) {
    this.#input = input;
  }

  /** Resolves when every list was read once or can't be read. */
  async ready(signal: AbortSignal): Promise<void> {
    const { definitions } = this.#input;
    if (definitions === null) return;
    await untilRead(definitions, signal).catch(() => signal.throwIfAborted());
    this.#end = definitions.subscribe(() => this.#sync());
    this.#sync();
    await this.#syncing;
    await Promise.all([...this.#followed.values()].map(({ list }) => untilRead(list, signal).catch(() => signal.throwIfAborted())));
  }

  snapshot(): { objects: KubeObject[]; customKinds: CustomKind[] } {
    const readings = [...this.#followed.values()].map(({ kind, list }) => readingOf(kind, list));
    return { objects: readings.flatMap(({ items }) => items), customKinds: [...readings.map(({ kind }) => kind), ...this.#left] };
  }

  /** What is new among the custom resources, and all custom kinds; `onChange` is called when there may be something. */
  follow(onChange: () => void): CustomFollower {
    let known = new Map<string, KubeObject>();
    const end = this.subscribe(onChange);
    return {
      take: () => {
        const { objects, customKinds } = this.snapshot();
        const next = new Map(objects.map((object) => [refKey(refOf(object)), object]));
        const upserts = objects.filter((object) => known.get(refKey(refOf(object))) !== object);
        const deletes = [...known].flatMap(([key, object]) => (next.has(key) ? [] : [refOf(object)]));
        known = next;
        return { upserts, deletes, customKinds };
      },
      end,
    };
  }

  /** Whether every list was read or can't be. */
  settled(): boolean {
    return [...this.#followed.values()].every(({ list }) => list.state !== 'connecting' && list.state !== 'stale');
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#end();
    for (const key of [...this.#followed.keys()]) this.#release(key);
  }

  /** One after the other: definitions often come in bursts, as an operator installs all of its own. */
  #sync(): void {
    this.#syncing = this.#syncing.then(() => this.#follow()).catch(() => undefined); // A cluster that is away is tried again with the next word of the definitions.
  }

  async #follow(): Promise<void> {
    const { cluster, namespaces } = this.#input;
    const { read, left } = await this.#choose();
    const wanted = new Map(read.map((kind) => [`${kind.apiVersion}|${kind.plural}`, kind]));
    const before = this.#wanted;
    this.#wanted = [...wanted.keys()].sort().join();
    this.#left = left;
    for (const key of [...this.#followed.keys()]) if (!wanted.has(key)) this.#release(key);
    for (const [key, kind] of wanted) {
      if (this.#closed || this.#followed.has(key)) continue;
      const list = await cluster.openList(kind, namespaces);
      this.#followed.set(key, { kind, list, unsubscribe: list.subscribe(() => this.#tell()) });
      if (this.#closed) this.#release(key);
    }
    if (before !== this.#wanted) this.#tell();
  }

  async #choose() {
    const { definitions, access, signal } = this.#input;
    if (definitions === null || definitions.asOf === null) return chooseCustomKinds(null, await access.kinds(signal));
    return chooseCustomKinds(
      definitions.items().filter((object) => isKind(object, 'CustomResourceDefinition')),
      [],
    );
  }

  #release(key: string): void {
    const followed = this.#followed.get(key);
    this.#followed.delete(key);
    followed?.unsubscribe();
    followed?.list.release();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function readingOf(kind: ResourceKind, list: LiveList): { kind: CustomKind; items: KubeObject[] } {
  if (list.asOf !== null) return withinLimit(kind, list.items());
  return { kind: customKind(kind, list.error === null ? 'unread' : coverageOfError(list.error.code), list.error?.message ?? 'not read yet'), items: [] };
}
