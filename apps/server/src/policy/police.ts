import type { ClusterAccess, JudgedRequest } from '@quarterdeck/cluster';
import type { AppError } from '@quarterdeck/contract';
import type { Actor, GateCluster } from '../gate/decide.ts';
import type { NameInCluster } from '../identity/cluster-names.ts';
import { PolicedAccess } from './policed-access.ts';
import type { Sight } from './sight.ts';

/** Why somebody may not make a request to the API server, by what it does; null where they may. */
export type Authorize = (actor: Actor, request: JudgedRequest, cluster: GateCluster) => AppError | null;

/** What stands between people and the access of all; the same for the same person, policy and access. */
export class Police {
  private readonly authorize: Authorize;
  private readonly nameInCluster: NameInCluster;
  private readonly named = new WeakMap<ClusterAccess, Map<string, ClusterAccess>>();
  private readonly seen = new WeakMap<ClusterAccess, Map<string, ClusterAccess>>();

  constructor(authorize: Authorize, nameInCluster: NameInCluster) {
    this.authorize = authorize;
    this.nameInCluster = nameInCluster;
  }

  /** The access itself, for a person who sees all and may change all. */
  access(actor: Actor, sight: Sight, shared: ClusterAccess, cluster: GateCluster): ClusterAccess {
    const access = this.inTheirName(actor, shared);
    const trusted = actor.kind === 'person' && actor.permissions.has('cluster.protected');
    if (sight.whole && trusted) return access;
    if (!trusted) return new PolicedAccess(access, sight, (request) => this.authorize(actor, request, cluster));
    const known = this.seen.get(access) ?? new Map<string, ClusterAccess>();
    this.seen.set(access, known);
    const policed = known.get(sight.id) ?? new PolicedAccess(access, sight);
    known.set(sight.id, policed);
    return policed;
  }

  /** Who asks in their own name is held to the cluster's own rules besides. */
  inTheirName(actor: Actor, access: ClusterAccess): ClusterAccess {
    const who = this.nameInCluster(actor, access.id);
    if (who === null || access.as === undefined) return access;
    const known = this.named.get(access) ?? new Map<string, ClusterAccess>();
    this.named.set(access, known);
    const key = [who.user, ...who.groups].join(' ');
    const named = known.get(key) ?? access.as(who);
    known.set(key, named);
    return named;
  }
}
