import { openAlertRules } from '@quarterdeck/alerts';
import { McpServers, mcpSettingsFile, modelSettingsFile, openRunbookShelf, runbookFolders } from '@quarterdeck/assistant';
import { loginStores, systemWatchClock } from '@quarterdeck/cluster';
import {
  type Keychain,
  keychainVault,
  keySourceOf,
  Ledger,
  type OpenStorage,
  openSecretStore,
  openStorage,
  type SecretStore,
  type StorageUrl,
  storageUrlOf,
  storeVault,
  systemKeychain,
} from '@quarterdeck/storage';
import { openSharedMemory } from '@quarterdeck/storage/shared';
import type { Logger } from 'pino';
import { openActions } from './actions/open-actions.ts';
import { AlertDesk } from './alerts/alert-desk.ts';
import { ModelDesk } from './assistant/model-desk.ts';
import { openAssistant } from './assistant/open-assistant.ts';
import { openSeenKnowledge } from './assistant/seen-knowledge.ts';
import { openServerModels, type ServerModels } from './assistant/server-models.ts';
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
import { openTerminals } from './terminal/open-terminals.ts';
import type { TerminalOptions } from './terminal/terminal-options.ts';

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
  /** Where keys of models and of the storage are looked for (left out: in the storage, and in a file), and whether people ask clusters in their own names. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Left out: those that are set up in the state directory. */
  models?: ServerModels;
  /** Left out: no shells on this machine. */
  terminal?: TerminalOptions;
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
    const keychain = options.environment === undefined ? noKeychain : systemKeychain();
    const secrets = secretsOf(storage, keychain, options);
    const actions = openActions({ ledger, secrets, access: (id) => clusters.get(id).access(), log });
    const kept = { storage, shared, ledger, acts: createActs(ledger, log), secrets, actions, dismissals, history, alerts };
    const settings = modelSettingsFile(stateDirectory);
    const [inKeychain, inStore] = [keychainVault(keychain), storeVault(async (call) => call(await secrets()), Date.now)];
    const models =
      options.models ??
      openServerModels({
        settings,
        environment: options.environment ?? {},
        vaults: [inKeychain, inStore],
        failed: (error) => log.warn({ err: error }, 'A model could not be closed.'),
      });
    const runbooks = openRunbookShelf(runbookFolders(options.environment ?? {}, stateDirectory), (error, folder) =>
      log.warn({ err: error, folder }, 'A runbook is left out.'),
    );
    const services: Services = {
      ...kept,
      terminals: openTerminals(options.terminal, { stateDirectory, environment: options.environment ?? {}, version, secrets, acts: kept.acts }),
      logins,
      version,
      clusters: door,
      kubeconfigs: sources.library ?? null,
      forwards,
      log,
      knowledge: openSeenKnowledge({ stateDirectory, history, runbooks: runbooks.passages, now: Date.now }),
      runbooks,
      mcpServers: new McpServers(mcpSettingsFile(stateDirectory), options.environment ?? {}),
      assistant: openAssistant(() => services, models),
      models: new ModelDesk({
        ...{ settings, models, store: inStore, fetch: globalThis.fetch, now: Date.now },
        keychain: async () => ((await keychain.works()) ? inKeychain : null),
      }),
    };
    return services;
  } catch (thrown) {
    await storage?.close();
    await shared.close();
    throw thrown;
  }
}

/** The sealed values, opened when they are first needed: until then nobody is asked for a key. */
function secretsOf(
  { db }: OpenStorage,
  keychain: Keychain,
  { environment, stateDirectory }: Pick<ServicesOptions, 'environment' | 'stateDirectory'>,
): () => Promise<SecretStore> {
  let opened: Promise<SecretStore> | null = null;
  const open = async () => openSecretStore(db, await keySourceOf(environment ?? {}, stateDirectory, keychain));
  return () => {
    opened ??= open();
    opened.catch(() => {
      opened = null; // The next one who needs it tries again.
    });
    return opened;
  };
}

const noKeychain: Keychain = { works: async () => false, read: async () => null, write: async () => undefined, delete: async () => false };
