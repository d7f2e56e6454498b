import { type ClusterSnapshot, findBuiltInKind, type KindCoverage } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, type ResourceKind } from '@quarterdeck/contract';
import type { ObjectSource as DiagnosedObjects } from '@quarterdeck/diagnosis';
import type { OpenCluster } from './cluster-source.ts';
import { CustomLists } from './custom-lists.ts';
import { type LiveList, untilRead } from './live-list.ts';
import { ObjectGatherer } from './object-gatherer.ts';

/** The objects that a diagnosis looks at, as the live lists have them. */
export interface ObjectSource extends DiagnosedObjects {
  /** Whether every kind that may be read is up to date. */
  settled(): boolean;
  /** Resolves when every list was read once or can't be read. */
  ready(signal: AbortSignal): Promise<void>;
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
  const served = await access.kinds(signal);
  const pods = findBuiltInKind(served, 'Pod');
  const inReach = pods === null ? [] : await cluster.scopeOf(pods);
  const namespace = inReach.length > 0 ? null : await namespaceInReach(cluster, pods, signal);
  const wanted = [...new Set<BuiltInKind>(['Namespace', ...kinds])];
  const scope = namespace === null ? inReach : [namespace];
  const lists = await Promise.all(wanted.map((kind) => openKind(cluster, findBuiltInKind(served, kind), kind, namespace === null ? [] : scope)));
  const definitions = lists.find(({ kind }) => kind === 'CustomResourceDefinition')?.list ?? null;
  const customs = new CustomLists({ cluster, access, definitions, namespaces: namespace === null ? [] : scope, signal });
  return createObjectSource({ scope: scope.length === 0 ? access.namespaces : scope }, lists, customs, cluster.now);
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

function createObjectSource(about: Pick<ClusterSnapshot, 'scope'>, lists: readonly KindList[], customs: CustomLists, now: () => number): ObjectSource {
  const open = lists.flatMap(({ list }) => (list === null ? [] : [list]));
  return {
    follow(onChange) {
      const objects = new ObjectGatherer(open, onChange);
      const custom = customs.follow(onChange);
      return {
        take() {
          const [own, others] = [objects.take(), custom.take()];
          return {
            takenAt: now(),
            scope: about.scope,
            upserts: [...own.upserts, ...others.upserts],
            deletes: [...own.deletes, ...others.deletes],
            coverage: Object.fromEntries(lists.map(({ kind, list }) => [kind, coverageOf(list)])),
            reasons: Object.fromEntries(lists.flatMap((each) => reasonOf(each))),
            customKinds: others.customKinds,
          };
        },
        end() {
          objects.end();
          custom.end();
        },
      };
    },
    settled: () => open.every((list) => list.state === 'live' || list.error?.code === 'FORBIDDEN') && customs.settled(),
    async ready(signal) {
      await Promise.all([customs.ready(signal), ...open.map((list) => untilRead(list, signal).catch(() => signal.throwIfAborted()))]);
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
