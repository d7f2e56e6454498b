import type { AskedCluster, CheckedCluster } from '@quarterdeck/assistant';
import type { ClusterAccess } from '@quarterdeck/cluster';
import { planFor, toIssueDetail } from '@quarterdeck/diagnosis';
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
  const { diagnosis } = await look(access, choice, signal);
  const { incidents, coverage, view } = diagnosis;
  return {
    issues: incidents.map((incident) => toIssueDetail(incident, view)),
    coverage,
    view,
    plan({ issueId, userContext, horizon }) {
      const incident = incidents.find(({ id }) => id === issueId);
      return incident === undefined ? null : planFor(incident, view, { userContext, horizon });
    },
  };
}
