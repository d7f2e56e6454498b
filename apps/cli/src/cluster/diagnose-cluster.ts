import {
  type ClusterAccess,
  type ClusterSnapshot,
  collectSnapshot,
  mayListEverywhere,
  reachableNamespaces,
  readTypedNamespaces,
  stateDirectoryOf,
} from '@quarterdeck/cluster';
import type { IssueReport } from '@quarterdeck/contract';
import { type Diagnosis, diagnose, diagnosisKinds, toFinding, toIssue } from '@quarterdeck/diagnosis';
import type { CommandContext } from '../context.ts';
import { withProgress } from '../output/progress.ts';
import type { ClusterChoice } from './cluster-options.ts';
import { defaultNamespace } from './default-namespace.ts';
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

/** Null for the whole cluster; for who may not list that, the namespaces that can be looked at. */
async function namespacesInReach(access: ClusterAccess, choice: ClusterChoice, signal: AbortSignal): Promise<string[] | null> {
  if (access.api === null || (await mayListEverywhere(access.api, { apiVersion: 'v1', plural: 'pods' }, signal))) return null;
  const { namespaces } = await reachableNamespaces(
    access,
    { context: await defaultNamespace(choice), typed: await readTypedNamespaces(stateDirectoryOf(process.env), access.id) },
    signal,
  );
  const usable = namespaces.filter((entry) => entry.usable).map(({ name }) => name);
  return usable.length === 0 ? null : usable;
}

export function reportOf({ snapshot, diagnosis }: Diagnosed): IssueReport {
  return {
    cluster: snapshot.clusterId,
    issues: diagnosis.incidents.map((incident) => toIssue(incident)),
    findings: diagnosis.findings.map((finding) => toFinding(finding)),
    coverage: diagnosis.coverage,
  };
}
