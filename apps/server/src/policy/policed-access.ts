import type {
  ClusterAccess,
  EvidenceReader,
  KindsFreshness,
  ListOptions,
  ListPage,
  LogRequest,
  Transport,
  WatchEvent,
  WatchOptions,
} from '@quarterdeck/cluster';
import { type KubeObject, type ResourceKind, refLabel, refTo } from '@quarterdeck/contract';
import { notThere } from './not-there.ts';
import { PolicedTransport, type Policing } from './policed-transport.ts';
import { seenKinds } from './request-sight.ts';
import type { Sight } from './sight.ts';

/** A cluster as one policy shows it, live or recorded: what is hidden is not there. It owns nothing: `close` leaves the shared access open. */
export class PolicedAccess implements ClusterAccess {
  readonly evidence: EvidenceReader;
  readonly api: Transport | null;
  readonly watchList?: NonNullable<ClusterAccess['watchList']>;
  private readonly inner: ClusterAccess;
  private readonly sight: Sight;

  constructor(inner: ClusterAccess, sight: Sight, authorize: Policing['authorize'] = () => null) {
    this.inner = inner;
    this.sight = sight;
    this.evidence = policedEvidence(inner.evidence, sight);
    this.api = inner.api === null ? null : new PolicedTransport(inner.api, { sight, authorize, kinds: (signal) => inner.kinds(signal) });
    if (inner.watchList !== undefined) this.watchList = (kind, options) => this.watchWith(kind, options, () => inner.watchList?.(kind, options));
  }

  get id(): string {
    return this.inner.id;
  }

  get server(): string | null {
    return this.inner.server;
  }

  get recordedAt(): string | null {
    return this.inner.recordedAt;
  }

  get namespaces(): readonly string[] | null {
    const { namespaces } = this.inner;
    return namespaces === null ? this.sight.namespaces : namespaces.filter((name) => this.sight.seesNamespace(name));
  }

  version(signal: AbortSignal): ReturnType<ClusterAccess['version']> {
    return this.inner.version(signal);
  }

  async kinds(signal: AbortSignal, freshness?: KindsFreshness): Promise<ResourceKind[]> {
    return seenKinds(this.sight, await this.inner.kinds(signal, freshness));
  }

  async *list(kind: ResourceKind, options: ListOptions): AsyncGenerator<ListPage> {
    if (!this.reaches(kind, options)) {
      yield { items: [], resourceVersion: '0' };
      return;
    }
    for await (const page of this.inner.list(kind, options)) yield { ...page, items: page.items.filter((object) => this.sight.seesObject(object)) };
  }

  watch(kind: ResourceKind, options: WatchOptions): AsyncIterable<WatchEvent> {
    return this.watchWith(kind, options, () => this.inner.watch(kind, options));
  }

  async get(kind: ResourceKind, namespace: string | null, name: string, signal: AbortSignal): Promise<KubeObject> {
    const ref = { apiVersion: kind.apiVersion, kind: kind.kind, namespace: kind.namespaced ? namespace : null, name };
    if (!this.sight.sees(ref)) throw notThere(refLabel(ref));
    const object = await this.inner.get(kind, namespace, name, signal);
    if (!this.sight.seesObject(object)) throw notThere(refLabel(ref));
    return object;
  }

  async log(request: LogRequest): Promise<string[]> {
    const ref = refTo('Pod', request.namespace, request.pod);
    if (!this.sight.sees(ref)) throw notThere(refLabel(ref));
    return this.inner.log(request);
  }

  async close(): Promise<void> {
    // The access is shared; its owner closes it.
  }

  private async *watchWith(kind: ResourceKind, options: ListOptions, open: () => AsyncIterable<WatchEvent> | undefined): AsyncGenerator<WatchEvent> {
    if (!this.reaches(kind, options)) {
      yield { type: 'bookmark', resourceVersion: '0', initialEventsEnd: true };
      await aborted(options.signal);
      return;
    }
    for await (const event of open() ?? []) if (event.type === 'bookmark' || this.sight.seesObject(event.object)) yield event;
  }

  private reaches(kind: ResourceKind, { namespace }: ListOptions): boolean {
    if (!this.sight.seesKind(kind)) throw notThere(`kind ${kind.kind}`);
    return !kind.namespaced || namespace === undefined || this.sight.seesNamespace(namespace);
  }
}

function policedEvidence(inner: EvidenceReader, sight: Sight): EvidenceReader {
  return {
    async read(request, signal) {
      const ref = request.need === 'log' ? refTo('Pod', request.namespace, request.pod) : refTo('Secret', request.namespace, request.name);
      return sight.sees(ref) ? inner.read(request, signal) : { state: 'refused', reason: 'your access policy leaves it out' };
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
