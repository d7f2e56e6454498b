import { AppError, builtInKinds, groupOf, type KubeObject, pluralOf, type ResourceKind } from '@quarterdeck/contract';
import type { ListOptions, ListPage, WatchEvent, WatchOptions } from '../access/cluster-access.ts';
import type { ChangeAccess } from '../change/resolve-change.ts';
import type { TransportRequest } from '../transport/transport.ts';
import { RefusingTransport } from './refusing-transport.ts';

type Change = Extract<WatchEvent, { object: KubeObject }>;

/** A cluster in memory that keeps what is written: merge and JSON patches, creations, deletions, dry runs, optimistic locks. */
export class WritableCluster extends RefusingTransport implements ChangeAccess {
  readonly id = 'memory';
  readonly api = this;
  /** Every request that was kept, as `METHOD path`. */
  readonly writes: string[] = [];
  /** Called before a write is kept: what a controller or another person does in between. */
  beforeWrite: (path: string) => void = () => undefined;
  private readonly objects = new Map<string, KubeObject>();
  private readonly watchers = new Set<(change: Change) => void>();
  private version = 1;

  async kinds(): Promise<ResourceKind[]> {
    return Object.entries(builtInKinds).map(([kind, { apiVersion, namespaced }]) => ({
      ...{ apiVersion, kind, plural: pluralOf(kind), namespaced, shortNames: [] },
      ...{ group: 'workloads', verbs: ['get', 'list', 'watch'] },
    }));
  }

  /** Puts an object there as somebody else would. */
  put(object: KubeObject): KubeObject {
    return this.keep(pathOf(object), object);
  }

  read(object: KubeObject): KubeObject | undefined {
    return this.objects.get(pathOf(object));
  }

  override async json(request: TransportRequest): Promise<unknown> {
    const { method = 'GET', path, query } = request;
    const below = /\/(scale|eviction)$/.exec(path);
    const place = below === null ? path : path.slice(0, below.index);
    const content: unknown = request.body === undefined ? null : JSON.parse(request.body.text);
    const dryRun = query?.dryRun === 'All' || member(content, 'dryRun') !== undefined;
    if (method === 'GET') return structuredClone(this.there(place));
    if (!dryRun) this.beforeWrite(path);
    if (method === 'POST') return this.create(place, content, dryRun);
    const old = this.there(place);
    if (method === 'DELETE') return this.remove(place, old, member(member(content, 'preconditions'), 'resourceVersion'), dryRun);
    return this.patch(place, old, content, dryRun);
  }

  async *list(kind: ResourceKind, options: ListOptions): AsyncIterable<ListPage> {
    yield {
      items: [...this.objects.values()].filter((object) => isOf(object, kind, options)).map((object) => structuredClone(object)),
      resourceVersion: String(this.version),
    };
  }

  async *watch(kind: ResourceKind, options: WatchOptions): AsyncIterable<WatchEvent> {
    const queue: Change[] = [];
    let wake = Promise.withResolvers<void>();
    const tell = (change: Change) => {
      queue.push(change);
      wake.resolve();
    };
    options.signal.addEventListener('abort', () => wake.resolve());
    this.watchers.add(tell);
    try {
      yield { type: 'bookmark', resourceVersion: options.resourceVersion };
      while (!options.signal.aborted) {
        for (const change of queue.splice(0)) if (isOf(change.object, kind, options)) yield change;
        await wake.promise;
        wake = Promise.withResolvers();
      }
    } finally {
      this.watchers.delete(tell);
    }
  }

  async get(kind: ResourceKind, namespace: string | null, name: string): Promise<KubeObject> {
    return structuredClone(
      this.there(pathOf({ apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name, ...(namespace === null ? {} : { namespace }) } })),
    );
  }

  private there(path: string): KubeObject {
    const object = this.objects.get(path);
    if (object === undefined) throw new AppError('NOT_FOUND', `There is no ${path}.`);
    return object;
  }

  private create(collection: string, content: unknown, dryRun: boolean): KubeObject {
    if (!isObject(content)) throw new AppError('VALIDATION_ERROR', 'No object.');
    const path = `${collection}/${content.metadata.name}`;
    if (this.objects.has(path)) throw new AppError('CONFLICT', `${path} already exists.`, { details: { reason: 'AlreadyExists' } });
    return dryRun ? { ...content, metadata: { ...content.metadata, uid: `dry-${Math.random()}` } } : this.written('POST', path, content);
  }

  private remove(path: string, old: KubeObject, expected: unknown, dryRun: boolean): unknown {
    checkVersion(old, expected);
    if (dryRun) return old;
    this.writes.push(`DELETE ${path}`);
    this.objects.delete(path);
    this.tell('deleted', old);
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' };
  }

  private patch(path: string, old: KubeObject, content: unknown, dryRun: boolean): KubeObject {
    const patch = Array.isArray(content) ? fromOperations(content) : content;
    checkVersion(old, member(member(patch, 'metadata'), 'resourceVersion'));
    const next = merged(old, patch);
    if (!isObject(next)) throw new AppError('VALIDATION_ERROR', 'No object is left.');
    return dryRun ? next : this.written('PATCH', path, next);
  }

  private written(method: string, path: string, object: KubeObject): KubeObject {
    this.writes.push(`${method} ${path}`);
    return structuredClone(this.keep(path, object));
  }

  private keep(path: string, object: KubeObject): KubeObject {
    const old = this.objects.get(path);
    this.version += 1;
    const same = JSON.stringify(member(old, 'spec')) === JSON.stringify(member(object, 'spec'));
    const generation = (old?.metadata.generation ?? 0) + (same ? 0 : 1);
    const metadata = { ...object.metadata, uid: old?.metadata.uid ?? `uid-${this.version}`, resourceVersion: String(this.version), generation };
    const kept = { ...object, metadata };
    this.objects.set(path, kept);
    this.tell(old === undefined ? 'added' : 'modified', kept);
    return kept;
  }

  private tell(type: Change['type'], object: KubeObject): void {
    for (const tell of this.watchers) tell({ type, object: structuredClone(object), resourceVersion: String(this.version) });
  }
}

function checkVersion({ metadata }: KubeObject, expected: unknown): void {
  if (expected === undefined || expected === metadata.resourceVersion) return;
  throw new AppError('CONFLICT', 'The object has been modified.', { details: { reason: 'Conflict' } });
}

/** RFC 7386. */
function merged(old: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const next: Record<string, unknown> = { ...(isRecord(old) ? old : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete next[key];
    else next[key] = merged(next[key], value);
  }
  return next;
}

/** Replacements alone, as a merge patch. */
function fromOperations(operations: readonly unknown[]): unknown {
  return operations.reduce((patch, operation) => {
    const path = String(member(operation, 'path')).split('/').slice(1);
    return merged(
      patch,
      path.reduceRight<unknown>((value, key) => ({ [key]: value }), member(operation, 'value')),
    );
  }, {});
}

function pathOf({ apiVersion, kind, metadata: { namespace, name } }: KubeObject): string {
  const root = groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
  return `${root}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${pluralOf(kind)}/${name}`;
}

function isOf(object: KubeObject, kind: ResourceKind, { namespace, fieldSelector, labelSelector }: ListOptions): boolean {
  const named = /^metadata\.name=(.*)$/.exec(fieldSelector ?? '')?.[1];
  const labels = (labelSelector ?? '').split(',').filter((pair) => pair !== '');
  return (
    object.kind === kind.kind &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (named === undefined || object.metadata.name === named) &&
    labels.every((pair) => object.metadata.labels?.[pair.split('=')[0] ?? ''] === pair.split('=')[1])
  );
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObject(value: unknown): value is KubeObject {
  return isRecord(value) && typeof value.kind === 'string' && isRecord(value.metadata) && typeof value.metadata.name === 'string';
}
