import { setImmediate as nextTurn } from 'node:timers/promises';
import { type KubeObject, toAppError } from '@quarterdeck/contract';
import { type Projection, uidOf } from '../rows/projection.ts';
import type { RowBatch } from '../rows/row-list.ts';
import { RowStore } from '../rows/row-store.ts';
import { Hold } from './hold.ts';
import { ObjectStore } from './object-store.ts';
import { type ListSink, Reflector, type ReflectorOptions } from './reflector.ts';
import type { WatchBatch, WatchState } from './watched-list.ts';

/** Changes of this long are told together, so that a busy list costs its readers ten batches a second at most. */
const batchMs = 100;
/** Rows that wait for something change their state with time alone. */
const refreshMs = 15_000;
/** So many rows are made of objects that are there already before others get a turn. */
const slice = 250;

const nothing = { upserts: [], deletes: [] };

/**
 * One stream and what is kept of it: rows for tables, objects for those who need them whole, each for as long as
 * somebody uses it.
 */
export class SharedStream implements ListSink {
  readonly reflector: Reflector;
  readonly rowHold: Hold;
  readonly objectHold: Hold;
  private readonly options: ReflectorOptions;
  private readonly rowListeners = new Set<(batch: RowBatch) => void>();
  private readonly objectListeners = new Set<(batch: WatchBatch) => void>();
  private readonly stopping = new AbortController();
  private rowStore: RowStore | null = null;
  private objectStore: ObjectStore | null = null;
  private rowsComplete = false;
  private objectsComplete = false;
  /** What a list has told so far; null while none is read. */
  private listed: { uids: Set<string>; withObjects: boolean } | null = null;
  private makingRows = false;
  private started = false;
  private flushing = false;
  /** While a known list is read anew, readers are told of it as one change. */
  private holding = false;

  constructor(options: ReflectorOptions, onIdle: () => void) {
    this.options = options;
    this.reflector = new Reflector(options, this);
    const ended = () => (this.rowHold.active || this.objectHold.active ? this.drop() : onIdle());
    this.rowHold = new Hold(options.clock, ended);
    this.objectHold = new Hold(options.clock, ended);
  }

  /** By uid; empty while nobody holds them. */
  get objects(): ReadonlyMap<string, KubeObject> {
    return this.objectStore?.byUid ?? new Map();
  }

  get objectState(): WatchState {
    const { state } = this.reflector;
    if (this.objectsComplete) return state;
    return state === 'stale' || state === 'failed' ? 'failed' : 'connecting';
  }

  get objectsAsOf(): number | null {
    return this.objectsComplete ? this.reflector.asOf : null;
  }

  get rows(): RowStore | null {
    return this.rowStore;
  }

  get readingRows(): boolean {
    return !this.rowsComplete;
  }

  /** Keeps objects from now on; where the stream has been read without, it is read anew. */
  keepObjects(): void {
    if (this.objectStore !== null) return;
    this.objectStore = new ObjectStore();
    if (this.started) this.reflector.restart();
    this.start();
  }

  /** Keeps rows from now on; they are made anew where they have other columns than those that are kept. */
  keepRows(projection: Projection, now: () => number): void {
    if (this.rowStore !== null && sameColumns(this.rowStore.projection, projection)) return;
    const readAnew = this.started && this.objectStore === null;
    const store = new RowStore(projection, now);
    this.rowStore = store;
    this.rowsComplete = false;
    if (readAnew) this.reflector.restart();
    else if (this.started) void this.makeRows(store);
    void this.refreshRows(store);
    this.start();
  }

  onRows(listener: (batch: RowBatch) => void): () => void {
    return listen(this.rowListeners, listener);
  }

  onObjects(listener: (batch: WatchBatch) => void): () => void {
    return listen(this.objectListeners, listener);
  }

  /** Resolves when the stream is closed; no listener is called after. Who still holds it keeps the last state. */
  async stop(): Promise<void> {
    this.rowListeners.clear();
    this.objectListeners.clear();
    this.rowHold.close();
    this.objectHold.close();
    this.stopping.abort();
    await this.reflector.stop();
  }

  beginList(): void {
    this.holding = this.rowsComplete || this.objectsComplete || this.listed !== null;
    this.listed = { uids: new Set(), withObjects: this.objectStore !== null };
  }

  upsert(object: KubeObject): void {
    this.listed?.uids.add(uidOf(object));
    this.objectStore?.upsert(object);
    this.rowStore?.upsert(object);
  }

  delete(object: KubeObject): void {
    this.remove(uidOf(object));
  }

  endList(): void {
    const { listed } = this;
    if (listed === null) return;
    this.listed = null;
    this.holding = false;
    for (const known of [this.objectStore?.byUid, this.rowStore?.byUid]) for (const uid of known?.keys() ?? []) if (!listed.uids.has(uid)) this.remove(uid);
    this.objectsComplete ||= listed.withObjects && this.objectStore !== null;
    this.rowsComplete ||= this.rowStore !== null && !this.makingRows;
    this.flush(true);
  }

  pageEnd(): void {
    this.flush();
  }

  changed(): void {
    if (this.flushing) return;
    this.flushing = true;
    const flush = () => {
      this.flushing = false;
      this.flush();
    };
    this.options.clock.sleep(batchMs, this.stopping.signal).then(flush, () => undefined);
  }

  stateChanged(): void {
    this.flush(true);
  }

  private start(): void {
    this.started = true;
    this.reflector.start();
  }

  private remove(uid: string): void {
    this.objectStore?.delete(uid);
    this.rowStore?.delete(uid);
  }

  /** Lets go of what nobody uses any more. */
  private drop(): void {
    if (!this.objectHold.active) {
      this.objectStore = null;
      this.objectsComplete = false;
    }
    if (!this.rowHold.active) {
      this.rowStore = null;
      this.rowsComplete = false;
    }
  }

  /** Rows of what has been read before anybody wanted rows. */
  private async makeRows(store: RowStore): Promise<void> {
    this.makingRows = true;
    let made = 0;
    for (const uid of [...this.objects.keys()]) {
      const object = this.objects.get(uid);
      if (object !== undefined) store.upsert(object);
      made += 1;
      if (made % slice !== 0) continue;
      this.flush();
      await nextTurn();
      if (this.rowStore !== store || this.stopping.signal.aborted) return;
    }
    this.makingRows = false;
    this.rowsComplete = this.objectsComplete;
    this.flush(true);
  }

  private async refreshRows(store: RowStore): Promise<void> {
    const { signal } = this.stopping;
    while (this.rowStore === store && !signal.aborted) {
      await this.options.clock.sleep(refreshMs, signal).catch(() => signal.aborted);
      store.refresh();
      this.flush();
    }
  }

  /** `always`: also where nothing changed but the state. */
  private flush(always = false): void {
    const objects = this.holding ? null : this.objectStore?.takeBatch();
    const rows = this.holding ? null : this.rowStore?.takeBatch();
    if (objects || always) tell(this.objectListeners, objects ?? nothing);
    if (rows || always) tell(this.rowListeners, rows ?? nothing);
  }
}

function sameColumns(a: Projection, b: Projection): boolean {
  return a === b || JSON.stringify(a.columns) === JSON.stringify(b.columns);
}

/** An own function for each: the same listener may listen twice. */
function listen<Batch>(listeners: Set<(batch: Batch) => void>, listener: (batch: Batch) => void): () => void {
  const own = (batch: Batch) => listener(batch);
  listeners.add(own);
  return () => listeners.delete(own);
}

function tell<Batch>(listeners: ReadonlySet<(batch: Batch) => void>, batch: Batch): void {
  for (const listener of [...listeners]) {
    try {
      listener(batch);
    } catch (thrown) {
      // A fault of one reader, not of the stream: the others and the list go on.
      process.emitWarning(toAppError(thrown));
    }
  }
}
