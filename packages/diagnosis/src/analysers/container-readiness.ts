import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { containerLog } from '../pods/container-log.ts';
import { containersOf, isLive, type Pod, type PodContainer } from '../pods/containers.ts';
import { eventEvidence, evidence, timeOf } from '../pods/evidence.ts';
import { patientUntil } from '../pods/probe-patience.ts';
import { tellingEvidence } from '../pods/telling-facts.ts';
import { podRef, severityFor } from '../pods/workload.ts';
import type { ClusterView, ObjectEvent } from '../view/cluster-view.ts';

export type UnreadyFacts = { container: string; probe: 'readiness' | 'startup' | null; output: string | null };

export const containerUnready = defineCode<UnreadyFacts>({
  code: 'container-unready',
  title: 'Container runs but is not ready',
  documentation:
    'The container runs, and its readiness or startup probe has been failing for longer than its own settings allow (initialDelaySeconds + periodSeconds × failureThreshold). Services send it nothing. Either the probe asks for the wrong thing, or the program waits for something.',
  silentWhen: 'It is still within its startup and readiness settings, or the pod is being deleted.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 10,
  message: (facts) => `Container ${facts.container} runs but is not ready${facts.output === null ? '' : `. Unhealthy: ${facts.output}`}`,
});

function* analyse(pod: Pod, view: ClusterView): Iterable<RawFinding> {
  if (!isLive(pod)) return;
  for (const container of containersOf(pod)) {
    if (pod.status?.phase !== 'Running' && !isSidecar(container)) continue;
    const until = patientUntil(container);
    if (container.init || until === null || container.status?.ready === true || !view.passed(until)) continue;
    if (container.spec.readinessProbe === undefined && container.spec.startupProbe === undefined) continue;
    yield unready(pod, container, view);
  }
}

/** A native sidecar is started, and waited for, while the pod is still Pending. */
function isSidecar({ path, init }: PodContainer): boolean {
  return path.startsWith('initContainers') && !init;
}

function unready(pod: Pod, container: PodContainer, view: ClusterView): RawFinding<UnreadyFacts> {
  const object = podRef(pod);
  const starting = container.spec.startupProbe !== undefined && container.status?.started !== true;
  const probe = starting ? 'startup' : 'readiness';
  const event = latestFailure(view.events(object), probe, timeOf(container.status?.state?.running?.startedAt) ?? 0);
  const log = containerLog(pod, container.name, view);
  return {
    code: containerUnready.code,
    object,
    discriminator: container.name,
    severity: severityFor(pod, view),
    since: timeOf(pod.status?.conditions?.find((condition) => condition.type === 'Ready')?.lastTransitionTime) ?? timeOf(pod.status?.startTime),
    facts: { container: container.name, probe, output: event?.message.trim() ?? null },
    evidence: [
      ...(event === undefined ? [] : [eventEvidence(event, { container: container.name, decisive: true })]),
      evidence({
        source: 'status',
        object,
        container: container.name,
        path: 'status.containerStatuses[].ready',
        value: 'false',
        text: `Container ${container.name} is running and not ready`,
      }),
      ...tellingEvidence(log),
    ],
  };
}

function latestFailure(events: readonly ObjectEvent[], probe: 'readiness' | 'startup', since: number): ObjectEvent | undefined {
  return events.find((event) => event.reason === 'Unhealthy' && event.at >= since && event.message.toLowerCase().startsWith(`${probe} probe`));
}

export const containerReadiness = defineAnalyser({
  id: 'container-readiness',
  kind: 'Pod',
  reads: ['Event', 'ReplicaSet', 'Job'],
  codes: [containerUnready],
  analyse,
});
