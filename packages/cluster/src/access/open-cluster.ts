import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import { discoverKinds } from '../discovery/discover-kinds.ts';
import { followCustomKinds } from '../discovery/follow-custom-kinds.ts';
import { KnownKinds } from '../discovery/known-kinds.ts';
import type { EvidenceReader } from '../evidence/evidence.ts';
import { createEvidenceReader } from '../evidence/evidence-reader.ts';
import type { ReachableContext } from '../kubeconfig/cluster-context.ts';
import type { ApiCostMeter } from '../transport/api-cost.ts';
import { ConcurrencyLimit } from '../transport/concurrency-limit.ts';
import { createHttpTransport } from '../transport/http-transport.ts';
import { ImpersonatingTransport } from '../transport/impersonating-transport.ts';
import type { RefusalMemory } from '../transport/refusal-memory.ts';
import type { Impersonation, Transport } from '../transport/transport.ts';
import { systemWatchClock } from '../watch/watch-clock.ts';
import type { ClusterAccess, ClusterVersion, KindsFreshness, ListOptions, ListPage, LogRequest, WatchEvent, WatchOptions } from './cluster-access.ts';
import { ingestObject } from './ingest.ts';
import { listPages } from './list-pages.ts';
import { readLog } from './read-log.ts';
import { objectPath } from './resource-path.ts';
import { watchEvents, watchIdleTimeoutMs, watchListEvents, watchSeconds } from './watch-events.ts';

export interface ClusterDependencies {
  /** Default: HTTP to the context's server. */
  transport?: Transport;
  /** Counts what is asked of the server. */
  meter?: ApiCostMeter;
  /** What is known to be refused; default: what this access learns itself. */
  refusals?: RefusalMemory;
  /** Told what a login under way says to its person, and null when it is over. */
  onLoginProgress?(text: string | null): void;
  /** Epoch milliseconds. */
  now?: () => number;
  /** From 0 to below 1. */
  random?: () => number;
  /** A watch that is silent for so long has ended. Milliseconds. */
  watchIdleTimeoutMs?: number;
  /** Whether custom kinds are watched, for who stays connected. Default: what is served is asked for again after a minute. */
  followKinds?: boolean;
  /** Told with every discovery: the API groups and versions whose own server does not answer. */
  tellDeadApis?(apis: string[]): void;
}

/** More at once would be felt by the API server. */
const listsAtOnce = 8;

const versionSchema = z.object({ gitVersion: z.string(), major: z.string(), minor: z.string() });

/** Opens a context for reading; nothing is sent until it is used. Errors of the kubeconfig: see `ClusterContext.connection`. */
export async function openCluster(context: ReachableContext, dependencies: ClusterDependencies = {}): Promise<ClusterAccess> {
  const transport = dependencies.transport ?? createHttpTransport(await context.connection(), dependencies);
  return new LiveCluster(transport, liveParts(context, transport, dependencies));
}

/** What those share who use one connection, each in a name of their own. */
interface LiveParts {
  id: string;
  server: string;
  kinds: ClusterAccess['kinds'];
  lists: ConcurrencyLimit;
  random: () => number;
  idleTimeoutMs: number;
  /** Ends what goes on in the background; the transport stays open. */
  end(): void;
}

function liveParts({ id, server }: ReachableContext, transport: Transport, dependencies: ClusterDependencies): LiveParts {
  const lists = new ConcurrencyLimit(listsAtOnce);
  const closing = new AbortController();
  dependencies.meter?.countLists(() => lists.load);
  const known = new KnownKinds(() => discoverKinds(transport, closing.signal, dependencies.tellDeadApis), dependencies.now ?? Date.now);
  if (dependencies.followKinds === true)
    void followCustomKinds(transport, { changed: () => known.changed(), following: (now) => known.following(now) }, systemWatchClock, closing.signal);
  return {
    id,
    server,
    kinds: (signal, freshness) => known.get(signal, freshness),
    lists,
    random: dependencies.random ?? Math.random,
    idleTimeoutMs: dependencies.watchIdleTimeoutMs ?? watchIdleTimeoutMs,
    end: () => closing.abort(),
  };
}

class LiveCluster implements ClusterAccess {
  readonly recordedAt = null;
  readonly namespaces = null;
  readonly evidence: EvidenceReader;
  readonly api: Transport;
  private readonly parts: LiveParts;

  constructor(transport: Transport, parts: LiveParts) {
    this.api = transport;
    this.parts = parts;
    this.evidence = createEvidenceReader(transport);
  }

  get id(): string {
    return this.parts.id;
  }

  get server(): string {
    return this.parts.server;
  }

  kinds(signal: AbortSignal, freshness?: KindsFreshness): Promise<ResourceKind[]> {
    return this.parts.kinds(signal, freshness);
  }

  as(who: Impersonation): ClusterAccess {
    return new LiveCluster(new ImpersonatingTransport(this.api, who), { ...this.parts, end: () => undefined });
  }

  async version(signal: AbortSignal): Promise<ClusterVersion> {
    const raw = await this.api.json({ path: '/version', subject: { verb: 'get', resource: '/version', namespace: null }, signal });
    const parsed = versionSchema.safeParse(raw);
    if (!parsed.success)
      throw new AppError('CLUSTER_ERROR', 'The server does not say its version as a Kubernetes API server does.', {
        hint: 'Check the server address in the kubeconfig.',
        cause: parsed.error,
      });
    const { gitVersion, major, minor } = parsed.data;
    // Providers write a plus behind the minor version: `33+`.
    return { gitVersion, major: Number.parseInt(major, 10) || 0, minor: Number.parseInt(minor, 10) || 0 };
  }

  list(kind: ResourceKind, options: ListOptions): AsyncIterable<ListPage> {
    return listPages(this.api, this.parts.lists, kind, options);
  }

  watch(kind: ResourceKind, options: WatchOptions): AsyncIterable<WatchEvent> {
    return watchEvents(this.api, kind, options, { seconds: watchSeconds(this.parts.random), idleTimeoutMs: this.parts.idleTimeoutMs });
  }

  watchList(kind: ResourceKind, options: ListOptions): AsyncIterable<WatchEvent> {
    return watchListEvents(this.api, kind, options, { seconds: watchSeconds(this.parts.random), idleTimeoutMs: this.parts.idleTimeoutMs });
  }

  async get(kind: ResourceKind, namespace: string | null, name: string, signal: AbortSignal): Promise<KubeObject> {
    if (kind.namespaced && namespace === null)
      throw new AppError('VALIDATION_ERROR', `${kind.kind} ${name} lives in a namespace, and none is given.`, { hint: 'Name the namespace.' });
    const path = objectPath(kind, namespace, name);
    const raw = await this.api.json({ path, subject: { verb: 'get', resource: kind.plural, namespace, name }, signal });
    const object = ingestObject(raw, kind);
    if (object === null) throw new AppError('CLUSTER_ERROR', `What the cluster sent for ${kind.kind} ${name} is not an object.`);
    return object;
  }

  log(request: LogRequest): Promise<string[]> {
    return readLog(this.api, request);
  }

  async close(): Promise<void> {
    this.parts.end();
    await this.api.close();
  }
}
