import { type ClusterAccess, type ClusterSnapshot, collectSnapshot } from '@quarterdeck/cluster';
import { type BuiltInKind, type IssueReport, issueTouches } from '@quarterdeck/contract';
import { type Diagnosis, diagnose, diagnosisKinds, type Incident, referredNamespaces, toFinding, toIssue } from '@quarterdeck/diagnosis';
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

type Choice = ClusterChoice & { namespace?: string | undefined };

/** The objects of these kinds, of one namespace or of all within reach. Throws NOT_FOUND for a namespace that is not there. */
export function readSnapshot(access: ClusterAccess, choice: Choice, { err, signal }: Pick<CommandContext, 'err' | 'signal'>, kinds: readonly BuiltInKind[]) {
  return withProgress(err, `Reading ${access.id}`, () => collect(access, choice, signal, kinds));
}

async function collect(access: ClusterAccess, choice: Choice, signal: AbortSignal, kinds: readonly BuiltInKind[]): Promise<ClusterSnapshot> {
  const { namespace } = choice;
  const namespaces = namespace === undefined ? await namespacesInReach(access, choice, signal) : [namespace];
  const snapshot = await collectSnapshot(access, { kinds, namespaces, signal });
  if (namespace !== undefined) requireNamespace(snapshot, namespace);
  return snapshot;
}

/** One look at an open cluster. Throws as `readSnapshot` does. */
export async function look(access: ClusterAccess, choice: Choice, signal: AbortSignal): Promise<Diagnosed> {
  const snapshot = await widened(await collect(access, choice, signal, diagnosisKinds), access, choice, signal);
  const diagnosis = await diagnose({ snapshot, evidence: access.evidence, signal });
  return { access, snapshot, diagnosis };
}

/** More namespaces than this are not read for the sake of one. */
const mostReferred = 8;

/** What breaks a namespace may lie in another one that it refers to: those are read too, as far as they may be. */
async function widened(snapshot: ClusterSnapshot, access: ClusterAccess, choice: Choice, signal: AbortSignal): Promise<ClusterSnapshot> {
  if (choice.namespace === undefined) return snapshot;
  const inReach = await namespacesInReach(access, choice, signal);
  const referred = referredNamespaces(snapshot).filter((namespace) => inReach === null || inReach.includes(namespace));
  if (referred.length === 0) return snapshot;
  return collectSnapshot(access, { kinds: diagnosisKinds, namespaces: [choice.namespace, ...referred.slice(0, mostReferred)], signal });
}

/** The whole diagnosis, or what of it matters to one namespace. */
export function reportOf({ snapshot, diagnosis }: Diagnosed, namespace?: string): IssueReport {
  const shown = (incident: Incident) => namespace === undefined || issueTouches(toIssue(incident), namespace);
  const incidents = diagnosis.incidents.filter(shown);
  const explained = new Set(incidents.flatMap(({ findings }) => findings.map(({ id }) => id)));
  const findings = diagnosis.findings.filter(({ id, object }) => namespace === undefined || object.namespace === namespace || explained.has(id));
  return {
    cluster: snapshot.clusterId,
    issues: incidents.map((incident) => toIssue(incident)),
    findings: findings.map((finding) => toFinding(finding)),
    coverage: diagnosis.coverage,
  };
}
