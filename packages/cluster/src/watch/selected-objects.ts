import { AppError, type KubeObject, type ResourceKind, retryable } from '@quarterdeck/contract';
import { type ListSink, type ReflectedAccess, Reflector, type Selection } from './reflector.ts';
import type { WatchClock } from './watch-clock.ts';

/**
 * The few objects that selectors pick (one object by name, the pods of one node), kept equal to the cluster's for as
 * long as something is done with them. What passes by itself is tried again; any other error ends it and is told.
 */
export class SelectedObjects implements ListSink {
  private readonly reflector: Reflector;
  private readonly waiting = new Set<() => void>();
  private objects: Map<string, KubeObject> | null = null;
  /** What a list has told so far; null while none is read. */
  private listed: Map<string, KubeObject> | null = null;
  private error: AppError | null = null;

  constructor(access: ReflectedAccess, kind: ResourceKind, selection: Selection, clock: WatchClock) {
    this.reflector = new Reflector({ access, kind, selection, printed: false, clock, server: { refusesStreaming: false } }, this);
    this.reflector.start();
  }

  /** By uid; null before the first word of the cluster. Throws what the list failed with. */
  now(): ReadonlyMap<string, KubeObject> | null {
    if (this.error !== null) throw this.error;
    return this.objects;
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

  close(): Promise<void> {
    return this.reflector.stop();
  }

  beginList(): void {
    this.listed = new Map();
  }

  upsert(object: KubeObject): void {
    (this.listed ?? this.objects)?.set(object.metadata.uid ?? '', object);
  }

  delete(object: KubeObject): void {
    (this.listed ?? this.objects)?.delete(object.metadata.uid ?? '');
  }

  endList(): void {
    this.objects = this.listed;
    this.listed = null;
    this.tell();
  }

  /** A part of a list is no state that the cluster was in. */
  pageEnd(): void {
    return;
  }

  changed(): void {
    if (this.listed === null) this.tell();
  }

  stateChanged(): void {
    const { error } = this.reflector;
    if (error === null || retryable[error.code]) return;
    this.error ??= error;
    this.tell();
  }

  private tell(): void {
    for (const told of [...this.waiting]) told();
  }
}
