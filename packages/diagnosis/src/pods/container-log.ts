import { refTo } from '@quarterdeck/contract';
import { type LogReading, readLog } from '../logs/read-log.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { containerNamed, containersOf, lastExit, type Pod } from './containers.ts';
import { timeOf } from './evidence.ts';

const linesRead = 200;
/** So long after its start a run has said by itself what keeps it unready. */
const startingMs = 30_000;

/** A container's log, read; with the pod and container it came from. */
export interface ContainerLog {
  pod: Pod;
  container: string;
  reading: LogReading;
}

/**
 * The log of the run that tells: the one that ended, where the container keeps ending, else the one that runs. While a
 * container stands at its end, the API calls that run the current one. Null while the question is open or refused.
 */
export function containerLog(pod: Pod, container: string, view: ClusterView): ContainerLog | null {
  const status = containerNamed(pod, container)?.status;
  const state = status?.state;
  if (status === undefined || (state?.running === undefined && lastExit(status) === undefined)) return null;
  const started = timeOf(state?.running?.startedAt);
  const beyondStart = started !== null && (status.ready || view.passed(started + startingMs + 1));
  const previous = state?.terminated === undefined && status.lastState?.terminated !== undefined && !beyondStart;
  const namespace = pod.metadata.namespace ?? '';
  const answer = view.ask({ need: 'log', namespace, pod: pod.metadata.name, container, previous, lines: linesRead });
  return answer?.state === 'answered' ? { pod, container, reading: readLog(answer.value) } : null;
}

/** The pods of a Job that failed, newest first. */
export function failedPodsOf(namespace: string | null, job: string, view: ClusterView): Pod[] {
  return view
    .podsOf(refTo('Job', namespace, job))
    .filter((pod) => pod.status?.phase === 'Failed' || containersOf(pod).some((c) => (c.status === undefined ? 0 : (lastExit(c.status)?.exitCode ?? 0)) !== 0))
    .toSorted((a, b) => (timeOf(b.metadata.creationTimestamp) ?? 0) - (timeOf(a.metadata.creationTimestamp) ?? 0));
}

/** The first container of a pod that ended with an error. */
export function failedContainerOf(pod: Pod): string | null {
  const failed = containersOf(pod).find((c) => c.status !== undefined && (lastExit(c.status)?.exitCode ?? 0) !== 0);
  return failed?.name ?? null;
}

/** The log behind a finding: of its own container, or of a Job's latest failed pod. */
export function logBehind(finding: IdentifiedFinding, view: ClusterView): ContainerLog | null {
  if (finding.object.kind === 'Pod') {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    return pod === undefined ? null : containerLog(pod, finding.discriminator, view);
  }
  const pod = finding.object.kind === 'Job' ? failedPodsOf(finding.object.namespace, finding.object.name, view)[0] : undefined;
  const container = pod === undefined ? null : failedContainerOf(pod);
  return pod === undefined || container === null ? null : containerLog(pod, container, view);
}
