import { type ClusterAccess, findBuiltInKind, HelmReleases } from '@quarterdeck/cluster';
import type { HelmReleaseList } from '@quarterdeck/contract';
import type { SeenCluster } from '../policy/seen-cluster.ts';

/** The releases of each cluster that somebody asked for; what was read of a record is kept as long as the connection. */
export class ReleasesOfClusters {
  private readonly known = new WeakMap<ClusterAccess, HelmReleases>();

  async of(runtime: Pick<SeenCluster, 'access'>): Promise<{ access: ClusterAccess; releases: HelmReleases }> {
    const access = await runtime.access();
    const releases = this.known.get(access) ?? new HelmReleases(access);
    this.known.set(access, releases);
    return { access, releases };
  }
}

/** Of one namespace or of all; whoever may not look at all of them gets those of their own. */
export async function listReleases(
  releases: HelmReleases,
  runtime: Pick<SeenCluster, 'scopeOf' | 'kinds'>,
  { namespace, charts }: { namespace: string | undefined; charts: boolean },
  signal: AbortSignal,
): Promise<HelmReleaseList> {
  const secrets = findBuiltInKind(await runtime.kinds(signal), 'Secret');
  if (secrets === null) return { state: 'notRecorded', reason: 'Helm keeps releases in Secrets, and no Secrets can be seen here.' };
  const own = namespace === undefined ? await runtime.scopeOf(secrets) : [namespace];
  const scopes = own.length === 0 ? [null] : own;
  const lists = await Promise.all(scopes.map((scope) => releases.list(scope, { charts, signal })));
  const read = lists.filter((list) => list.state === 'read');
  const unread = lists.find((list) => list.state !== 'read');
  return unread ?? { state: 'read', releases: read.flatMap((list) => list.releases), skipped: read.flatMap((list) => list.skipped) };
}
