import { type IssueDetail, type KindTypes, type ObjectRef, toAppError } from '@quarterdeck/contract';
import type { ClusterView } from '@quarterdeck/diagnosis';
import type { AskedCluster } from './asked-cluster.ts';

/** The end of one container's log. */
export interface ContainerLogText {
  pod: string;
  container: string;
  /** Whether it is that of the run before. */
  previous: boolean;
  /** Oldest first. */
  lines: string[];
  /** Why there are none; null where there are. */
  reason: string | null;
}

/** Of the one that says most, and of others. */
const linesRead = { first: 200, others: 80 };
const mostContainers = 3;

type Pod = KindTypes['Pod'];
type ContainerStatus = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number];

/** The logs that say most about an object: of the pods of an issue first, of containers that ended or are not ready before others. */
export async function readDecisiveLogs(
  cluster: AskedCluster,
  view: ClusterView,
  about: { ref: ObjectRef; issue: IssueDetail | null },
  signal: AbortSignal,
): Promise<ContainerLogText[]> {
  const wanted = podsOf(view, about)
    .flatMap((pod) => containersOf(pod).map((container) => ({ pod, ...container })))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, mostContainers);
  return Promise.all(wanted.map((each, index) => readLog(cluster, each, index === 0 ? linesRead.first : linesRead.others, signal)));
}

function podsOf(view: ClusterView, { ref, issue }: { ref: ObjectRef; issue: IssueDetail | null }): Pod[] {
  const own = ref.kind === 'Pod' ? [ref] : view.podsOf(ref).map(({ metadata }) => podRef(metadata.namespace ?? null, metadata.name));
  const shown = (issue?.findings ?? []).map(({ object }) => object).filter(({ kind }) => kind === 'Pod');
  const names = new Set<string>();
  return [...own, ...shown].flatMap(({ namespace, name }) => {
    const pod = view.get('Pod', namespace, name);
    if (pod === undefined || names.has(`${namespace}/${name}`)) return [];
    names.add(`${namespace}/${name}`);
    return [pod];
  });
}

function podRef(namespace: string | null, name: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Pod', namespace, name };
}

interface WantedLog {
  pod: Pod;
  name: string;
  previous: boolean;
  weight: number;
}

/** Those that have run; what ended counts more than what runs, and what is not ready more than what is. */
function containersOf(pod: Pod): Omit<WantedLog, 'pod'>[] {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return statuses.flatMap((status) => {
    const previous = status.state?.terminated === undefined && status.lastState?.terminated !== undefined;
    if (!previous && status.state?.running === undefined && status.state?.terminated === undefined) return [];
    return [{ name: status.name, previous, weight: weightOf(status) }];
  });
}

function weightOf({ ready, restartCount, state, lastState }: ContainerStatus): number {
  const ended = state?.terminated ?? lastState?.terminated;
  return (ended !== undefined && ended.exitCode !== 0 ? 4 : 0) + (ready ? 0 : 2) + Math.min(1, restartCount / 10);
}

async function readLog({ access }: AskedCluster, { pod, name, previous }: WantedLog, lines: number, signal: AbortSignal): Promise<ContainerLogText> {
  const place = { pod: pod.metadata.name, container: name, previous };
  try {
    const request = { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container: name, previous, lines, signal };
    return { ...place, lines: await access.log(request), reason: null };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'CANCELLED') throw error;
    return { ...place, lines: [], reason: error.message };
  }
}
