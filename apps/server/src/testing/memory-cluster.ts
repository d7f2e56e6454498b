import type { ClusterAccess, EvidenceReader, ListOptions, ListPage, Transport, WatchEvent, WatchOptions } from '@quarterdeck/cluster';
import { AppError, type BuiltInKind, builtInKinds, type KubeObject, pluralOf, type ResourceKind } from '@quarterdeck/contract';
import type { ClusterSource } from '../clusters/cluster-source.ts';

type Change = Extract<WatchEvent, { object: KubeObject }>;

/** A cluster that lives in memory and follows the same contract as a real one: lists, watches, refusals. */
export class MemoryCluster implements ClusterAccess {
  readonly id = 'memory';
  readonly server = 'https://memory.example';
  readonly recordedAt = null;
  readonly namespaces = null;
  readonly api: Transport | null = null;
  readonly evidence: EvidenceReader = { read: async () => ({ state: 'refused', reason: 'nothing is recorded' }) };
  /** Kinds that may not be listed. */
  readonly forbidden = new Set<string>();
  /** Whether lists are allowed inside a namespace alone. */
  forbidsClusterWide = false;
  /** Why nothing can be reached; null while it can. */
  outage: AppError | null = null;
  /** Kinds beside the built-in ones. */
  readonly served: ResourceKind[] = [];
  openWatches = 0;
  closed = false;
  private readonly objects = new Map<string, KubeObject>();
  private readonly watchers = new Set<(change: Change) => void>();
  private resourceVersion = 1;

  get source(): ClusterSource {
    return { id: this.id, name: this.id, server: this.server, recordedAt: null, namespace: 'shop', open: async () => this };
  }

  /** Everything that there is. */
  all(): KubeObject[] {
    return [...this.objects.values()];
  }

  apply(object: KubeObject): void {
    const key = `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const resourceVersion = String(++this.resourceVersion);
    const type = this.objects.has(key) ? 'modified' : 'added';
    const stored = { ...object, metadata: { ...object.metadata, uid: object.metadata.uid ?? key, resourceVersion } };
    this.objects.set(key, stored);
    for (const tell of this.watchers) tell({ type, object: stored, resourceVersion });
  }

  delete(kind: string, namespace: string, name: string): void {
    const key = `${kind}/${namespace}/${name}`;
    const object = this.objects.get(key);
    this.objects.delete(key);
    const resourceVersion = String(++this.resourceVersion);
    if (object !== undefined) for (const tell of this.watchers) tell({ type: 'deleted', object, resourceVersion });
  }

  async version() {
    if (this.outage !== null) throw this.outage;
    return { gitVersion: 'v1.35.0', major: 1, minor: 35 };
  }

  async kinds(): Promise<ResourceKind[]> {
    const builtIn = Object.entries(builtInKinds).map(
      ([kind, { apiVersion, namespaced }]): ResourceKind => ({
        apiVersion,
        kind,
        plural: pluralOf(kind),
        namespaced,
        shortNames: kind === 'Pod' ? ['po'] : [],
        group: 'workloads',
        verbs: ['get', 'list', 'watch'],
      }),
    );
    return [...builtIn, ...this.served];
  }

  async *list(kind: ResourceKind, options: ListOptions): AsyncIterable<ListPage> {
    if (this.outage !== null) throw this.outage;
    if (this.forbidden.has(kind.kind) || (this.forbidsClusterWide && options.namespace === undefined))
      throw new AppError('FORBIDDEN', `You may not list ${kind.plural}.`);
    yield { items: [...this.objects.values()].filter((object) => isOf(object, kind, options)), resourceVersion: String(this.resourceVersion) };
  }

  async *watch(kind: ResourceKind, options: WatchOptions): AsyncIterable<WatchEvent> {
    const queue: Change[] = [];
    let wake = Promise.withResolvers<void>();
    const tell = (change: Change) => {
      queue.push(change);
      wake.resolve();
    };
    const abort = () => wake.resolve();
    this.watchers.add(tell);
    this.openWatches += 1;
    options.signal.addEventListener('abort', abort);
    try {
      while (!options.signal.aborted) {
        for (const change of queue.splice(0)) if (isOf(change.object, kind, options)) yield change;
        await wake.promise;
        wake = Promise.withResolvers();
      }
    } finally {
      this.watchers.delete(tell);
      this.openWatches -= 1;
    }
  }

  async get(kind: ResourceKind, namespace: string | null, name: string): Promise<KubeObject> {
    const object = this.objects.get(`${kind.kind}/${namespace ?? ''}/${name}`);
    if (object === undefined) throw new AppError('NOT_FOUND', `There is no ${kind.kind} ${name}.`);
    return object;
  }

  async log(): Promise<string[]> {
    return [];
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

function isOf(object: KubeObject, kind: ResourceKind, { namespace }: ListOptions): boolean {
  return object.kind === kind.kind && (namespace === undefined || !kind.namespaced || object.metadata.namespace === namespace);
}

/** A pod that runs, or does not: `waiting` is the reason that its container waits for. */
export function testPod(name: string, namespace: string, waiting?: string): KubeObject {
  const state = waiting === undefined ? { running: {} } : { waiting: { reason: waiting } };
  const status = {
    phase: 'Running',
    startTime: '2026-01-01T00:00:00Z',
    containerStatuses: [{ name: 'app', ready: waiting === undefined, restartCount: 0, state }],
  };
  return Object.assign(
    { apiVersion: builtInKinds.Pod.apiVersion, kind: 'Pod' satisfies BuiltInKind, metadata: { name, namespace } },
    { spec: { containers: [{ name: 'app' }] }, status },
  );
}

/** The definition of a namespaced custom kind that is established. */
export function customKindDefinition(kind: string, group: string): KubeObject {
  const plural = `${kind.toLowerCase()}s`;
  return Object.assign(
    {
      apiVersion: builtInKinds.CustomResourceDefinition.apiVersion,
      kind: 'CustomResourceDefinition' satisfies BuiltInKind,
      metadata: { name: `${plural}.${group}` },
    },
    {
      spec: { group, names: { kind, plural }, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true, subresources: { status: {} } }] },
      status: { conditions: [{ type: 'Established', status: 'True' }] },
    },
  );
}
