import { type ClusterAccess, type ClusterSnapshot, type ClusterVersion, findBuiltInKind, type KindCoverage } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { OpenCluster } from './cluster-source.ts';
import { CustomLists } from './custom-lists.ts';
import { type LiveList, untilRead } from './live-list.ts';

/** The objects that a diagnosis looks at, as the live lists have them now. */
export interface ObjectSource {
  snapshot(): ClusterSnapshot;
  /** Whether every kind that may be read is up to date. */
  settled(): boolean;
  /** Resolves when every list was read once or can't be read. */
  ready(signal: AbortSignal): Promise<void>;
  subscribe(listener: () => void): () => void;
  close(): void;
}

interface KindList {
  kind: BuiltInKind;
  /** Null where the cluster does not serve the kind. */
  list: LiveList | null;
}

export interface ObjectSourceOptions {
  kinds: readonly BuiltInKind[];
  signal: AbortSignal;
}

/**
 * Opens a live list of every kind, and of the custom kinds where CustomResourceDefinition is among them. Who may not list the whole cluster gets the namespace of their context instead;
 * what they may not list there either is coverage.
 */
export async function openObjectSource(cluster: OpenCluster, { kinds, signal }: ObjectSourceOptions): Promise<ObjectSource> {
  const access = await cluster.access();
  const [served, version] = await Promise.all([access.kinds(signal), versionOf(access, signal)]);
  const pods = findBuiltInKind(served, 'Pod');
  const inReach = pods === null ? [] : await cluster.scopeOf(pods);
  const namespace = inReach.length > 0 ? null : await namespaceInReach(cluster, pods, signal);
  const wanted = [...new Set<BuiltInKind>(['Namespace', ...kinds])];
  const scope = namespace === null ? inReach : [namespace];
  const lists = await Promise.all(wanted.map((kind) => openKind(cluster, findBuiltInKind(served, kind), kind, namespace === null ? [] : scope)));
  const definitions = lists.find(({ kind }) => kind === 'CustomResourceDefinition')?.list ?? null;
  const customs = new CustomLists({ cluster, access, definitions, namespaces: namespace === null ? [] : scope, signal });
  return createObjectSource({ clusterId: access.id, version, scope: scope.length === 0 ? access.namespaces : scope }, lists, customs, cluster.now);
}

/** Null for who may not know it. */
async function versionOf(access: Pick<ClusterAccess, 'version'>, signal: AbortSignal): Promise<ClusterVersion | null> {
  return access.version(signal).catch((thrown: unknown) => {
    if (toAppError(thrown).code === 'FORBIDDEN') return null;
    throw thrown;
  });
}

async function openKind(cluster: OpenCluster, served: ResourceKind | null, kind: BuiltInKind, scope: readonly string[]): Promise<KindList> {
  return { kind, list: served === null ? null : await cluster.openList(served, scope) };
}

/** Null where pods can be listed in the whole cluster; else the context's namespace, where there is one. */
async function namespaceInReach(cluster: OpenCluster, pods: ResourceKind | null, signal: AbortSignal): Promise<string | null> {
  if (pods === null || cluster.source.namespace === null) return null;
  const list = await cluster.openList(pods, []);
  try {
    await untilRead(list, signal);
    return null;
  } catch (thrown) {
    if (list.error?.code === 'FORBIDDEN') return cluster.source.namespace;
    if (signal.aborted) throw thrown;
    return null;
  } finally {
    list.release();
  }
}

function createObjectSource(
  about: Pick<ClusterSnapshot, 'clusterId' | 'version' | 'scope'>,
  lists: readonly KindList[],
  customs: CustomLists,
  now: () => number,
): ObjectSource {
  const open = lists.flatMap(({ list }) => (list === null ? [] : [list]));
  return {
    snapshot() {
      const custom = customs.snapshot();
      return {
        ...about,
        takenAt: now(),
        objects: [...open.flatMap((list) => list.items()), ...custom.objects],
        coverage: Object.fromEntries(lists.map(({ kind, list }) => [kind, coverageOf(list)])),
        reasons: Object.fromEntries(lists.flatMap((each) => reasonOf(each))),
        customKinds: custom.customKinds,
      };
    },
    settled: () => open.every((list) => list.state === 'live' || list.error?.code === 'FORBIDDEN') && customs.settled(),
    async ready(signal) {
      await Promise.all([customs.ready(signal), ...open.map((list) => untilRead(list, signal).catch(() => signal.throwIfAborted()))]);
    },
    subscribe(listener) {
      const ends = [customs.subscribe(listener), ...open.map((list) => list.subscribe(listener))];
      return () => {
        for (const end of ends) end();
      };
    },
    close() {
      customs.close();
      for (const list of open) list.release();
    },
  };
}

function coverageOf(list: LiveList | null): KindCoverage {
  if (list === null) return 'absent';
  if (list.asOf !== null) return 'read';
  if (list.error === null) return 'unread';
  return list.error.code === 'FORBIDDEN' ? 'forbidden' : 'failed';
}

function reasonOf({ kind, list }: KindList): [BuiltInKind, string][] {
  if (list === null) return [[kind, `The cluster does not serve ${builtInKinds[kind].apiVersion} ${kind}.`]];
  return list.error === null ? [] : [[kind, list.error.message]];
}
