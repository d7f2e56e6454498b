import type { ContainerStateTerminated, ContainerStatus } from 'kubernetes-types/core/v1.js';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { containerLog } from '../pods/container-log.ts';
import { containersOf, exitMeaning, hasSettled, isLive, lastExit, type Pod, type PodContainer } from '../pods/containers.ts';
import { eventEvidence, evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { tellingEvidence, tellingLine } from '../pods/telling-facts.ts';
import { podRef, severityFor } from '../pods/workload.ts';
import type { ClusterView, ObjectEvent } from '../view/cluster-view.ts';

export type CrashFacts = { container: string; exitCode: number; reason: string; restarts: number; state: string; line: string | null };

export const containerCrashLoop = defineCode<CrashFacts>({
  code: 'container-crash-loop',
  title: 'Container keeps exiting',
  documentation:
    'The container starts, exits, and is started again after an ever longer pause (CrashLoopBackOff). The exit code says how it ended and the log of the run that ended usually says why. Restarts that are over are not reported: a run that is ready and has outlived the failing ones by far counts as recovered.',
  silentWhen: 'The restarts are over: the container is ready and has outlived the failing runs by far; an init container or Job that ended well.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: (facts) =>
    `Container ${facts.container} keeps exiting (${facts.state}, ${facts.restarts} restarts): exit code ${facts.exitCode}, ${exitMeaning(facts.exitCode, facts.reason)}.${facts.line === null ? '' : ` Log: ${facts.line}`}`,
});

export type OomFacts = { container: string; limit: string | null; restarts: number; state: string };

export const containerOomKilled = defineCode<OomFacts>({
  code: 'container-oom-killed',
  title: 'Container is killed for memory',
  documentation:
    'The kernel killed the container because it used more memory than its limit (OOMKilled, exit code 137). Either the limit is below what the program needs, or the program leaks.',
  silentWhen: 'The kill is over: the container has run since for longer than it did before, or exit code 137 has another reason.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: (facts) =>
    `Container ${facts.container} was OOMKilled (exit code 137, ${facts.restarts} restarts, now ${facts.state}); its memory limit is ${facts.limit ?? 'not set'}.`,
});

export type LivenessFacts = { container: string; probe: 'liveness' | 'startup'; output: string; restarts: number; exitCode: number };

export const containerLivenessKilled = defineCode<LivenessFacts>({
  code: 'container-liveness-killed',
  title: 'Container is restarted by its probe',
  documentation:
    'The kubelet kills and restarts the container because its liveness or startup probe keeps failing. The program itself may be well: a probe on a wrong port or path, or one that is too impatient, kills healthy containers.',
  silentWhen: 'The probe fails now and then without a restart, or the restarts are over.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 60,
  message: (facts) =>
    `Container ${facts.container} is killed by its ${facts.probe} probe and restarted (${facts.restarts} restarts). Unhealthy: ${facts.output}`,
});

const recentMs = 10 * 60_000;

function* analyse(pod: Pod, view: ClusterView): Iterable<RawFinding> {
  if (!isLive(pod)) return;
  for (const container of containersOf(pod)) {
    const exit = failingExit(container, pod, view);
    if (exit !== null) yield findingFor(pod, container, exit, view);
  }
}

/** The last exit of a container that keeps ending; null for one that runs, waits for its first start, or has recovered. */
function failingExit({ status, init }: PodContainer, pod: Pod, view: ClusterView): ContainerStateTerminated | null {
  if (status === undefined || status.restartCount === 0 || pod.spec?.restartPolicy === 'Never') return null;
  const exit = lastExit(status);
  if (exit === undefined || exit.reason === 'StartError' || hasSettled(status, view)) return null;
  if (status.state?.waiting?.reason === 'CrashLoopBackOff') return exit;
  if (status.state?.waiting !== undefined) return null;
  if (exit.exitCode === 0 && (init || pod.spec?.restartPolicy === 'OnFailure')) return null;
  if (status.state?.terminated !== undefined) return exit;
  const recent = !view.passed((timeOf(exit.finishedAt) ?? 0) + recentMs);
  return recent && (status.restartCount > 1 || exit.reason === 'OOMKilled' || !status.ready) ? exit : null;
}

function findingFor(pod: Pod, container: PodContainer, exit: ContainerStateTerminated, view: ClusterView): RawFinding {
  const object = podRef(pod);
  const base = { object, discriminator: container.name, severity: severityFor(pod, view), since: timeOf(exit.startedAt) || timeOf(pod.status?.startTime) };
  const restarts = container.status?.restartCount ?? 0;
  const state = stateOf(container.status);
  const exitEvidence = evidence({
    source: 'status',
    object,
    container: container.name,
    path: 'status.containerStatuses[].lastState.terminated',
    value: String(exit.exitCode),
    text: `Last exit: code ${exit.exitCode} (${exit.reason ?? 'Error'}), ${restarts} restarts`,
    at: exit.finishedAt ?? null,
  });
  if (exit.reason === 'OOMKilled') {
    const limit = memoryLimitOf(container);
    const limitEvidence =
      limit === null ? [] : [fieldEvidence(object, `spec.${container.path}.resources.limits.memory`, limit, { container: container.name, decisive: true })];
    return { ...base, code: containerOomKilled.code, facts: { container: container.name, limit, restarts, state }, evidence: [exitEvidence, ...limitEvidence] };
  }
  const killed = probeKill(pod, container.name, exit.exitCode, view);
  if (killed !== null) {
    const { probe, output, events } = killed;
    return {
      ...base,
      code: containerLivenessKilled.code,
      facts: { container: container.name, probe, output, restarts, exitCode: exit.exitCode },
      evidence: [...events.map((event) => eventEvidence(event, { decisive: true })), exitEvidence],
    };
  }
  const log = containerLog(pod, container.name, view);
  const line = tellingLine(log) ?? exit.message?.trim() ?? null;
  return {
    ...base,
    code: containerCrashLoop.code,
    facts: { container: container.name, exitCode: exit.exitCode, reason: exit.reason ?? 'Error', restarts, state, line },
    evidence: [exitEvidence, ...tellingEvidence(log)],
  };
}

function stateOf(status: ContainerStatus | undefined): string {
  return status?.state?.waiting?.reason ?? status?.state?.terminated?.reason ?? 'running';
}

function memoryLimitOf(container: PodContainer): string | null {
  const limit = container.spec.resources?.limits?.memory;
  return limit === undefined ? null : String(limit);
}

/** The kubelet sends an event of one kind ever more seldom: after SIGKILL or SIGTERM an old one speaks for the later kills too. */
const eventLifeMs = 60 * 60_000;
const killedCodes = new Set([137, 143]);

function probeKill(
  pod: Pod,
  container: string,
  exitCode: number,
  view: ClusterView,
): { probe: 'liveness' | 'startup'; output: string; events: ObjectEvent[] } | null {
  const newsMs = killedCodes.has(exitCode) ? eventLifeMs : recentMs;
  const events = view.events(podRef(pod)).filter((event) => !view.passed(event.at + newsMs));
  const kill = events.find((event) => event.reason === 'Killing' && /^(?:Init container|Container) (\S+) failed /.exec(event.message)?.[1] === container);
  const probe = /failed (liveness|startup) probe/.exec(kill?.message ?? '')?.[1];
  if (kill === undefined || (probe !== 'liveness' && probe !== 'startup')) return null;
  const unhealthy = events.find((event) => event.reason === 'Unhealthy' && event.message.toLowerCase().startsWith(`${probe} probe`));
  return { probe, output: (unhealthy?.message ?? kill.message).trim(), events: unhealthy === undefined ? [kill] : [unhealthy, kill] };
}

export const containerExits = defineAnalyser({
  id: 'container-exits',
  kind: 'Pod',
  reads: ['Event', 'ReplicaSet', 'Job'],
  codes: [containerCrashLoop, containerOomKilled, containerLivenessKilled],
  analyse,
});
