import { openAlertRules } from '@quarterdeck/alerts';
import { loginStores, systemWatchClock } from '@quarterdeck/cluster';
import { Ledger, type OpenStorage, openStorage, type StorageUrl, storageUrlOf } from '@quarterdeck/storage';
import { openSharedMemory } from '@quarterdeck/storage/shared';
import type { Logger } from 'pino';
import { AlertDesk } from './alerts/alert-desk.ts';
import { ClusterRegistry } from './clusters/cluster-registry.ts';
import type { FoundSources } from './clusters/cluster-sources.ts';
import { openTypedNamespaces } from './clusters/typed-namespaces.ts';
import { ForwardDesk } from './forwards/forward-desk.ts';
import { openRememberedForwards } from './forwards/remembered-forwards.ts';
import { type Protection, protectionOf } from './gate/protection.ts';
import { readNameInCluster } from './identity/cluster-names.ts';
import { openDismissals } from './issues/dismissals.ts';
import { openIncidentHistory } from './issues/incident-history.ts';
import { watchIssues } from './issues/issue-watch.ts';
import { createActs } from './ledger/acts.ts';
import { LoginDesk } from './logins/login-desk.ts';
import type { Authorize } from './policy/police.ts';
import { ClusterDoor } from './policy/seen-clusters.ts';
import { requestRefusal } from './routes/admit.ts';
import type { Services } from './routes/services.ts';

export interface ServicesOptions {
  clusters: FoundSources;
  /** Where logins and typed namespaces are kept. */
  stateDirectory: string;
  /** Where everything else is kept; left out, in a file of the state directory. */
  storageUrl?: StorageUrl;
  /** Whether this is the one server on a storage file (that is so where nothing is said), or somebody beside it; see `openStorage`. */
  role?: 'server' | 'guest';
  /** The Redis that several workbenches share; null or left out for one that is alone. */
  redisUrl?: string | null;
  /** Left out: the namespaces of Kubernetes itself, and no production cluster. */
  protection?: Protection;
  /** Whether people ask clusters in their own names; left out: they do not. */
  environment?: Readonly<Record<string, string | undefined>>;
  version: string;
  log: Logger;
}

/** What the HTTP server and the MCP server have in common. Whoever opens it closes `clusters`, then `shared` and `storage`. */
export async function openServices({ clusters: sources, version, log, ...options }: ServicesOptions): Promise<Services> {
  const { stateDirectory, storageUrl = storageUrlOf({}, stateDirectory), role = 'server', redisUrl = null, protection = protectionOf({}) } = options;
  const shared = await openSharedMemory(redisUrl, (error) => log.warn({ err: error }, 'Redis has a fault.'));
  let storage: OpenStorage | null = null;
  try {
    storage = await openStorage(storageUrl, { role, onLost: (cause) => log.warn({ err: cause }, 'A connection to the storage was cut off.') });
    const ledger = new Ledger(storage.db);
    const dismissals = await openDismissals(storage, shared, log);
    const typedNamespaces = await openTypedNamespaces(stateDirectory);
    const history = await openIncidentHistory(stateDirectory);
    const onChecked = watchIssues({ dismissals, history, onObserved: (cluster, observed) => alerts.observed(cluster, observed), now: Date.now, log });
    const remembered = await openRememberedForwards(storage);
    const clusters = new ClusterRegistry(sources, onChecked, typedNamespaces.of);
    const alerts = new AlertDesk({ rules: openAlertRules(stateDirectory), history, clusters, clock: systemWatchClock, log });
    const logins = new LoginDesk({ clusters, consents: loginStores(stateDirectory).consents, log, now: Date.now });
    const forwards = new ForwardDesk({ access: (id) => clusters.get(id).access(), remembered });
    const nameInCluster = readNameInCluster(options.environment ?? {});
    const authorize: Authorize = (actor, request, cluster) => requestRefusal(actor, request, cluster, protection);
    const door = new ClusterDoor({ registry: clusters, typed: typedNamespaces, authorize, protection, nameInCluster });
    const kept = { storage, shared, ledger, acts: createActs(ledger, log), dismissals, history, alerts };
    return { ...kept, logins, version, clusters: door, kubeconfigs: sources.library ?? null, forwards, log };
  } catch (thrown) {
    await storage?.close();
    await shared.close();
    throw thrown;
  }
}
