import { type ClusterAccess, type ClusterSnapshot, collectSnapshot } from '@quarterdeck/cluster';
import type { IssueReport } from '@quarterdeck/contract';
import { type Diagnosis, diagnose, diagnosisKinds, toFinding, toIssue } from '@quarterdeck/diagnosis';
import type { CommandContext } from '../context.ts';
import { withProgress } from '../output/progress.ts';
import type { ClusterChoice } from './cluster-options.ts';
import { namespacesInReach } from './namespaces-in-reach.ts';
import { requireNamespace } from './require-namespace.ts';

export interface Diagnosed {
  access: ClusterAccess;
  snapshot: ClusterSnapshot;
  diagnosis: Diagnosis;
}

/** Opens the cluster, takes one look at it, and hands the outcome on; the cluster is closed afterwards. */
export async function diagnoseCluster<T>(
  choice: ClusterChoice & { namespace?: string | undefined },
  context: CommandContext,
  use: (outcome: Diagnosed) => T | Promise<T>,
): Promise<T> {
  const { signal } = context;
  const access = await context.openAccess(choice);
  try {
    return await use(await withProgress(context.err, `Reading ${access.id}`, () => look(access, choice, signal)));
  } finally {
    await access.close();
  }
}

async function look(access: ClusterAccess, choice: ClusterChoice & { namespace?: string | undefined }, signal: AbortSignal): Promise<Diagnosed> {
  const { namespace } = choice;
  const namespaces = namespace === undefined ? await namespacesInReach(access, choice, signal) : [namespace];
  const snapshot = await collectSnapshot(access, { kinds: diagnosisKinds, namespaces, signal });
  if (namespace !== undefined) requireNamespace(snapshot, namespace);
  const diagnosis = await diagnose({ snapshot, evidence: access.evidence, signal });
  return { access, snapshot, diagnosis };
}

export function reportOf({ snapshot, diagnosis }: Diagnosed): IssueReport {
  return {
    cluster: snapshot.clusterId,
    issues: diagnosis.incidents.map((incident) => toIssue(incident)),
    findings: diagnosis.findings.map((finding) => toFinding(finding)),
    coverage: diagnosis.coverage,
  };
}
