import type { ClusterAccess, ListOptions, ListPage } from '@quarterdeck/cluster';
import type { ResourceKind } from '@quarterdeck/contract';
import type { OpenCluster } from '../clusters/cluster-source.ts';
import type { LiveList } from '../clusters/live-list.ts';
import { PolicedAccess } from './policed-access.ts';
import { isBuiltIn } from './request-sight.ts';
import { hiddenList, leftOut, partOf, seenList } from './seen-list.ts';
import { isNamespace, type Sight } from './sight.ts';

/**
 * A cluster as the diagnosis of one policy looks at it: the shared lists without what is hidden. What is hidden was not
 * looked at, which is something else than that there is nothing: it stands under coverage, and is never called missing.
 */
export class DiagnosedCluster implements OpenCluster {
  private readonly inner: OpenCluster;
  private readonly sight: Sight;

  constructor(inner: OpenCluster, sight: Sight) {
    this.inner = inner;
    this.sight = sight;
  }

  get source(): OpenCluster['source'] {
    const { source } = this.inner;
    const { namespace } = source;
    return { ...source, namespace: namespace !== null && this.sight.seesNamespace(namespace) ? namespace : null };
  }

  readonly now = (): number => this.inner.now();

  async access(): Promise<ClusterAccess> {
    return new DiagnosedAccess(await this.inner.access(), this.sight);
  }

  /** Empty is all of them, for who sees all. */
  async scopeOf(kind: ResourceKind): Promise<readonly string[]> {
    const { namespaces } = this.sight;
    const inReach = await this.inner.scopeOf(kind);
    if (namespaces === null || !kind.namespaced) return inReach;
    return inReach.length === 0 ? namespaces : namespaces.filter((name) => inReach.includes(name));
  }

  /** Always the lists that everybody shares: no policy makes streams of its own. */
  async openList(kind: ResourceKind, _namespaces: readonly string[]): Promise<LiveList> {
    if (!this.sight.seesKind(kind)) return hiddenList();
    const list = seenList(await this.inner.openList(kind, []), this.sight);
    return isNamespace(kind) && this.sight.namespaces !== null ? partOf(list) : list;
  }
}

/** For a check: kinds of Kubernetes itself are known to exist also where they are hidden. Only then it can be said that they were not looked at. */
export class DiagnosedAccess extends PolicedAccess {
  private readonly all: ClusterAccess;
  private readonly seen: Sight;

  constructor(all: ClusterAccess, sight: Sight) {
    super(all, sight);
    this.all = all;
    this.seen = sight;
  }

  /** What is hidden, or can be shown in part alone, is refused: it must not be taken for missing. */
  override list(kind: ResourceKind, options: ListOptions): AsyncGenerator<ListPage> {
    const partly = isNamespace(kind) && this.seen.namespaces !== null;
    if (partly || !this.seen.seesKind(kind)) throw leftOut;
    return super.list(kind, options);
  }

  override async kinds(...asked: Parameters<ClusterAccess['kinds']>): Promise<ResourceKind[]> {
    const seen = await super.kinds(...asked);
    const others = (await this.all.kinds(...asked)).filter((kind) => isBuiltIn(kind) && !seen.includes(kind));
    return [...seen, ...others];
  }
}
