import { loginStores } from '@quarterdeck/cluster';
import type { Logger } from 'pino';
import { ClusterRegistry } from './clusters/cluster-registry.ts';
import type { IssuesChecked } from './clusters/cluster-runtime.ts';
import type { FoundSources } from './clusters/cluster-sources.ts';
import { openTypedNamespaces } from './clusters/typed-namespaces.ts';
import { ForwardDesk } from './forwards/forward-desk.ts';
import { openRememberedForwards } from './forwards/remembered-forwards.ts';
import { openDismissals } from './issues/dismissals.ts';
import { openIncidentHistory } from './issues/incident-history.ts';
import { watchIssues } from './issues/issue-watch.ts';
import { LoginDesk } from './logins/login-desk.ts';
import type { Services } from './routes/services.ts';

export interface ServicesOptions {
  clusters: FoundSources;
  /** Where dismissals and typed namespaces are kept. */
  stateDirectory: string;
  version: string;
  log: Logger;
}

/** What the HTTP server and the MCP server have in common. Whoever opens it closes `clusters`. */
export async function openServices({ clusters: sources, stateDirectory, version, log }: ServicesOptions): Promise<Services> {
  const dismissals = await openDismissals(stateDirectory);
  const typedNamespaces = await openTypedNamespaces(stateDirectory);
  const history = await openIncidentHistory(stateDirectory);
  const onChecked = watchIssues({ dismissals, history, onObserved: () => undefined, now: Date.now, log });
  const clusters = new ClusterRegistry(sources, onChecked, typedNamespaces.of);
  const logins = new LoginDesk({ clusters, consents: loginStores(stateDirectory).consents, log, now: Date.now });
  const forwards = new ForwardDesk({ access: (id) => clusters.get(id).access(), remembered: await openRememberedForwards(stateDirectory) });
  return { logins, version, clusters, kubeconfigs: sources.library ?? null, typedNamespaces, dismissals, history, forwards, log };
}
