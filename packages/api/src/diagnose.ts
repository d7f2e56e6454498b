import { collectSnapshot, reachableNamespaces } from '@quarterdeck/cluster';
import { type Coverage, type IssueDetail, issueTouches, type KubeObject } from '@quarterdeck/contract';
import { type Diagnosis, diagnoseObjects, diagnose as diagnoseSnapshot, diagnosisKinds, toIssueDetail } from '@quarterdeck/diagnosis';
import type { ConnectedCluster } from './connect.ts';
import { remember } from './plan.ts';

export interface DiagnoseOptions {
  /** Only what touches this namespace; of a cluster nothing else is read. */
  namespace?: string;
  /** The moment of given objects, epoch milliseconds; left out, now. A cluster has its own. */
  now?: number;
  signal?: AbortSignal;
}

export interface Report {
  /** What is broken and why, worst first. */
  issues: IssueDetail[];
  /** What could not be looked at: an empty list of issues is only as good as this. */
  coverage: Coverage;
}

/** Finds what is broken and why: in a cluster, a recording, or objects as `kubectl get -o json` prints them. Only reads. */
export async function diagnose(what: ConnectedCluster | readonly KubeObject[], options: DiagnoseOptions = {}): Promise<Report> {
  const { namespace, now = Date.now(), signal = new AbortController().signal } = options;
  const diagnosis = isCluster(what)
    ? await ofCluster(what, namespace, signal)
    : await diagnoseObjects(what, { now, namespaces: namespace === undefined ? null : [namespace], signal });
  const issues = diagnosis.incidents.map((incident) => {
    const issue = toIssueDetail(incident, diagnosis.view);
    remember(issue, { incident, view: diagnosis.view });
    return issue;
  });
  return { issues: namespace === undefined ? issues : issues.filter((issue) => issueTouches(issue, namespace)), coverage: diagnosis.coverage };
}

async function ofCluster(cluster: ConnectedCluster, namespace: string | undefined, signal: AbortSignal): Promise<Diagnosis> {
  const { access } = cluster;
  const namespaces = namespace === undefined ? await inReach(cluster, signal) : [namespace];
  const snapshot = await collectSnapshot(access, { kinds: diagnosisKinds, namespaces, signal });
  return diagnoseSnapshot({ snapshot, evidence: access.evidence, signal });
}

/** Null for the whole cluster; for who may not list that, the namespaces that can be looked at. */
async function inReach({ access, namespace }: ConnectedCluster, signal: AbortSignal): Promise<string[] | null> {
  if (access.api === null) return null;
  const reach = await reachableNamespaces(access, { context: namespace, typed: [] }, signal);
  const usable = reach.namespaces.filter((entry) => entry.usable).map(({ name }) => name);
  return reach.complete || usable.length === 0 ? null : usable;
}

function isCluster(what: ConnectedCluster | readonly KubeObject[]): what is ConnectedCluster {
  return !Array.isArray(what);
}
