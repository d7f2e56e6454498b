import type { Logger } from 'pino';
import { ClusterRegistry, type ClusterSources } from './clusters/cluster-registry.ts';
import { openDismissals } from './issues/dismissals.ts';
import type { Services } from './routes/services.ts';

export interface ServicesOptions {
  clusters: ClusterSources;
  /** Where dismissals are kept. */
  stateDirectory: string;
  version: string;
  log: Logger;
}

/** What the HTTP server and the MCP server have in common. Whoever opens it closes `clusters`. */
export async function openServices({ clusters: sources, stateDirectory, version, log }: ServicesOptions): Promise<Services> {
  const dismissals = await openDismissals(stateDirectory);
  const clusters = new ClusterRegistry(sources, (cluster, open) => {
    dismissals.keepOnly(cluster, open).catch((thrown: unknown) => log.error({ err: thrown }, 'The list of dismissed issues could not be written.'));
  });
  return { version, clusters, dismissals, log };
}
