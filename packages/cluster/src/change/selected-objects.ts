import { AppError, type KubeObject, type ResourceKind, retryable, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess, ListOptions } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import type { WatchClock } from '../watch/watch-clock.ts';

const retryMs = 1000;

export type Selection = Omit<ListOptions, 'signal'>;

/**
 * The few objects that selectors pick (one object by name, the pods of one node), kept equal to the cluster's for as
 * long as something is done with them. What passes by itself is tried again; any other error ends it and is told.
 */
export class SelectedObjects {
  private readonly access: Pick<ClusterAccess, 'list' | 'watch'>;
  private readonly kind: ResourceKind;
  private readonly selection: Selection;
  private readonly clock: WatchClock;
  private readonly closing = new AbortController();
  private readonly waiting = new Set<() => void>();
  private readonly running: Promise<void>;
  private objects = new Map<string, KubeObject>();
  private known = false;
  private error: AppError | null = null;

  constructor(access: Pick<ClusterAccess, 'list' | 'watch'>, kind: ResourceKind, selection: Selection, clock: WatchClock) {
    this.access = access;
    this.kind = kind;
    this.selection = selection;
    this.clock = clock;
    this.running = this.follow();
  }

  /** By uid; null before the first word of the cluster. Throws what the list failed with. */
  now(): ReadonlyMap<string, KubeObject> | null {
    if (this.error !== null) throw this.error;
    return this.known ? this.objects : null;
  }

  /** Resolves when something is different from now. Rejects with CANCELLED when the signal aborts. */
  nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        this.waiting.delete(told);
        signal.removeEventListener('abort', aborted);
        settle();
      };
      const told = () => finish(resolve);
      const aborted = () => finish(() => reject(new AppError('CANCELLED', 'The call was cancelled.')));
      this.waiting.add(told);
      signal.addEventListener('abort', aborted, { once: true });
      if (signal.aborted) aborted();
    });
  }

  /** Resolves when it is known that the object is not there (any more). */
  async untilGone(uid: string, signal: AbortSignal): Promise<void> {
    while (this.now()?.has(uid) !== false) await this.nextChange(signal);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  private async follow(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted && this.error === null) {
      try {
        await this.round();
      } catch (thrown) {
        await this.afterFailure(toAppError(thrown));
      }
    }
  }

  /** From a list over as many watches as follow each other without a gap. */
  private async round(): Promise<void> {
    const options = { ...this.selection, signal: this.closing.signal };
    const { items, resourceVersion: listed } = await listAll(this.access, this.kind, options);
    this.objects = new Map(items.map((item) => [item.metadata.uid ?? '', item]));
    this.known = true;
    this.tell();
    let resourceVersion = listed;
    while (!options.signal.aborted) {
      for await (const event of this.access.watch(this.kind, { ...options, resourceVersion })) {
        resourceVersion = event.resourceVersion;
        if (event.type === 'bookmark') continue;
        const uid = event.object.metadata.uid ?? '';
        if (event.type === 'deleted') this.objects.delete(uid);
        else this.objects.set(uid, event.object);
        this.tell();
      }
    }
  }

  private async afterFailure(error: AppError): Promise<void> {
    const { signal } = this.closing;
    if (signal.aborted) return;
    if (retryable[error.code]) {
      await this.clock.sleep(retryMs, signal).catch(() => undefined); // Closed meanwhile: the loop ends.
      return;
    }
    this.error = error;
    this.tell();
  }

  private tell(): void {
    for (const told of [...this.waiting]) told();
  }
}
