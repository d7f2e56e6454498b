import { type AskedCluster, type CheckedCluster, checkedCluster } from '@quarterdeck/assistant';
import type { ClusterAccess } from '@quarterdeck/cluster';
import type { ClusterChoice } from '../cluster/cluster-options.ts';
import { look } from '../cluster/diagnose-cluster.ts';
import type { CommandContext } from '../context.ts';
import { withProgress } from '../output/progress.ts';

/** A cluster for one question at the terminal: looked at once, when the answer needs it. The access stays the caller's. */
export function askedCluster(
  access: ClusterAccess,
  choice: ClusterChoice & { namespace?: string | undefined },
  { err }: Pick<CommandContext, 'err'>,
): AskedCluster {
  let checking: Promise<CheckedCluster> | null = null;
  return {
    id: access.id,
    access,
    namespace: choice.namespace ?? null,
    checked(signal) {
      checking ??= withProgress(err, `Reading ${access.id}`, () => check(access, choice, signal));
      return checking;
    },
  };
}

async function check(access: ClusterAccess, choice: ClusterChoice & { namespace?: string | undefined }, signal: AbortSignal): Promise<CheckedCluster> {
  return checkedCluster((await look(access, choice, signal)).diagnosis);
}
