import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { containersOf, isLive, type Pod, type PodContainer } from '../pods/containers.ts';
import { eventEvidence, evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { classifyPull, type PullClass } from '../pods/pull-error.ts';
import { podRef, severityFor } from '../pods/workload.ts';
import type { ClusterView, ObjectEvent } from '../view/cluster-view.ts';

export type ImagePullFacts = { container: string; image: string; pullClass: PullClass; reason: string; message: string };

export const containerImagePull = defineCode<ImagePullFacts>({
  code: 'container-image-pull',
  title: 'Image cannot be pulled',
  documentation:
    'The kubelet cannot get the container image: the tag or the repository does not exist, the registry refuses the credentials, cannot be reached or limits the rate, or the name is no image name at all. The message of the waiting state says which.',
  silentWhen: 'The image is being pulled and no attempt has failed yet.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 0,
  message: (facts) => `Container ${facts.container} waits in ${facts.reason}: image ${facts.image} cannot be pulled. ${facts.message}`,
});

export type ConfigErrorFacts = { container: string; message: string };

export const containerConfigError = defineCode<ConfigErrorFacts>({
  code: 'container-config-error',
  title: 'Container configuration is incomplete',
  documentation:
    'CreateContainerConfigError: the kubelet cannot put the container together, most often because a ConfigMap, a Secret or a key that its environment refers to does not exist, or because its user contradicts runAsNonRoot.',
  silentWhen: 'The pod is over or being deleted.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 0,
  message: (facts) => `Container ${facts.container} is in CreateContainerConfigError: ${facts.message}`,
});

export type CreateErrorFacts = { container: string; reason: string; message: string; command: string | null };

export const containerCreateError = defineCode<CreateErrorFacts>({
  code: 'container-create-error',
  title: 'Container cannot be started',
  documentation:
    'The runtime created nothing that could run: the command is not in the image or not executable, a mount contradicts the image, or a start hook failed. The message of the runtime says which.',
  silentWhen: 'A later start succeeded.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 0,
  message: (facts) => `Container ${facts.container} cannot be started (${facts.reason}): ${facts.message}`,
});

export type OtherWaitingFacts = { container: string; reason: string; message: string };

export const containerWaitingOther = defineCode<OtherWaitingFacts>({
  code: 'container-waiting',
  title: 'Container waits for a reason of its own',
  documentation:
    'The container has been waiting for more than two minutes for a reason that is none of the usual ones; the message of the waiting state is all that is known.',
  silentWhen: 'The image is being pulled or the pod is being set up, however long that takes, as long as no event says that it failed.',
  opensAfterSeconds: 120,
  closesAfterSeconds: 0,
  message: (facts) => `Container ${facts.container} waits in ${facts.reason}: ${facts.message}`,
});

export type NotStartingFacts = { reason: string; message: string };

export const containerNotStarting = defineCode<NotStartingFacts>({
  code: 'container-not-starting',
  title: 'Pod stays in ContainerCreating',
  documentation:
    'The pod has a node, but its containers are not created: a volume cannot be mounted (a ConfigMap, Secret, key or claim is missing, a disk is attached elsewhere) or the network of the pod cannot be set up. The newest warning event says which.',
  silentWhen: 'The image is being pulled, or volumes are being attached and no event says that it failed.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 0,
  message: (facts) => `ContainerCreating: ${facts.reason}: ${facts.message}`,
});

const pullReasons = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'ImagePullFailure',
]);
const createReasons = new Set([
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
  'StartError',
  'ContainerCannotRun',
]);
const startReasons = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedCreatePodSandBox', 'NetworkNotReady', 'FailedCreatePodContainer']);

function* analyse(pod: Pod, view: ClusterView): Iterable<RawFinding> {
  if (!isLive(pod)) return;
  for (const container of containersOf(pod)) {
    const finding = pullFinding(pod, container, view) ?? configFinding(pod, container, view) ?? createFinding(pod, container, view);
    const seen = finding ?? otherFinding(pod, container, view);
    if (seen !== null) yield seen;
  }
  const stuck = notStarting(pod, view);
  if (stuck !== null) yield stuck;
}

function base(pod: Pod, container: PodContainer, view: ClusterView) {
  return { object: podRef(pod), discriminator: container.name, severity: severityFor(pod, view), since: timeOf(pod.status?.startTime) };
}

function pullFinding(pod: Pod, container: PodContainer, view: ClusterView): RawFinding<ImagePullFacts> | null {
  const waiting = container.status?.state?.waiting;
  if (waiting?.reason === undefined || !pullReasons.has(waiting.reason)) return null;
  const object = podRef(pod);
  // While it backs off the state may name only the image; the events keep what the registry said.
  const failures = view.events(object).filter((event) => event.reason === 'Failed' && event.message.startsWith('Failed to pull image'));
  const event = failures.find((candidate) => candidate.message.includes(`"${container.spec.image}"`));
  const message = saysWhy(waiting.message) ? (waiting.message ?? '') : (event?.message ?? waiting.message ?? waiting.reason);
  const image = container.spec.image ?? '';
  return {
    ...base(pod, container, view),
    code: containerImagePull.code,
    facts: { container: container.name, image, pullClass: classifyPull(waiting.reason, message), reason: waiting.reason, message },
    evidence: [
      fieldEvidence(object, `spec.${container.path}.image`, image, { container: container.name, decisive: true }),
      evidence({
        source: 'status',
        object,
        container: container.name,
        text: `${waiting.reason}: ${message}`,
        value: waiting.reason,
        path: 'status.containerStatuses[].state.waiting',
      }),
      ...(event === undefined ? [] : [eventEvidence(event)]),
    ],
  };
}

function saysWhy(message: string | undefined): boolean {
  return message !== undefined && !/^Back-off pulling image "[^"]*"$/.test(message);
}

function configFinding(pod: Pod, container: PodContainer, view: ClusterView): RawFinding<ConfigErrorFacts> | null {
  const waiting = container.status?.state?.waiting;
  if (waiting?.reason !== 'CreateContainerConfigError') return null;
  const message = waiting.message ?? waiting.reason;
  const object = podRef(pod);
  return {
    ...base(pod, container, view),
    code: containerConfigError.code,
    facts: { container: container.name, message },
    evidence: [
      evidence({
        source: 'status',
        object,
        container: container.name,
        text: `${waiting.reason}: ${message}`,
        value: message,
        path: 'status.containerStatuses[].state.waiting',
        decisive: true,
      }),
    ],
  };
}

/** `CrashLoopBackOff` hides the reason of the start that failed; it stands in the last state then. */
function createFinding(pod: Pod, container: PodContainer, view: ClusterView): RawFinding<CreateErrorFacts> | null {
  const state = container.status?.state;
  const ended = state?.terminated ?? (state?.running === undefined ? container.status?.lastState?.terminated : undefined);
  const failure = [state?.waiting, ended].find((candidate) => candidate?.reason !== undefined && createReasons.has(candidate.reason));
  if (failure?.reason === undefined) return null;
  const message = failure.message ?? ended?.message ?? failure.reason;
  const object = podRef(pod);
  return {
    ...base(pod, container, view),
    code: containerCreateError.code,
    facts: { container: container.name, reason: failure.reason, message, command: commandIn(message) },
    evidence: [
      evidence({
        source: 'status',
        object,
        container: container.name,
        text: `${failure.reason}: ${message}`,
        value: failure.reason,
        path: 'status.containerStatuses[].state',
        decisive: true,
      }),
    ],
  };
}

/** Reasons that are ordinary, or that other findings tell. */
const toldElsewhere = new Set(['ContainerCreating', 'PodInitializing', 'CrashLoopBackOff', 'CreateContainerConfigError']);
const otherMs = 120_000;

function otherFinding(pod: Pod, container: PodContainer, view: ClusterView): RawFinding<OtherWaitingFacts> | null {
  const waiting = container.status?.state?.waiting;
  const since = timeOf(pod.status?.startTime);
  if (waiting?.reason === undefined || toldElsewhere.has(waiting.reason) || since === null || !view.passed(since + otherMs)) return null;
  const object = podRef(pod);
  const message = waiting.message ?? 'no message';
  const text = `${waiting.reason}: ${message}`;
  return {
    ...base(pod, container, view),
    code: containerWaitingOther.code,
    facts: { container: container.name, reason: waiting.reason, message },
    evidence: [
      evidence({
        source: 'status',
        object,
        container: container.name,
        text,
        value: waiting.reason,
        path: 'status.containerStatuses[].state.waiting',
        decisive: true,
      }),
    ],
  };
}

function commandIn(message: string): string | null {
  return /exec: "([^"]+)"/.exec(message)?.[1] ?? /starting container process caused: exec: "([^"]+)"/.exec(message)?.[1] ?? null;
}

const recentMs = 5 * 60_000;
const ordinaryMs = 10_000;

function notStarting(pod: Pod, view: ClusterView): RawFinding<NotStartingFacts> | null {
  if (pod.spec?.nodeName === undefined || pod.status?.phase !== 'Pending') return null;
  const statuses = containersOf(pod).map((container) => container.status?.state);
  const creating = statuses.every(
    (state) => state === undefined || state.waiting?.reason === 'ContainerCreating' || state.waiting?.reason === 'PodInitializing',
  );
  const events = creating ? view.events(podRef(pod)).filter((candidate) => startReasons.has(candidate.reason) && isNews(candidate, view)) : [];
  const event = events.find(({ message }) => !onlyTimedOut.test(message)) ?? events[0];
  if (event === undefined) return null;
  return {
    code: containerNotStarting.code,
    object: podRef(pod),
    discriminator: '',
    severity: severityFor(pod, view),
    since: timeOf(pod.status?.startTime) ?? event.firstAt,
    facts: { reason: event.reason, message: event.message },
    evidence: [eventEvidence(event, { decisive: true })],
  };
}

/** The kubelet repeats beside the real reason that not all volumes are there yet. */
const onlyTimedOut = /Unable to attach or mount volumes|timed out waiting for the condition|context deadline exceeded$/;

/** A single failed mount is ordinary while what it mounts is being made. */
function isNews(event: ObjectEvent, view: ClusterView): boolean {
  return !view.passed(event.at + recentMs) && (event.count > 1 || view.passed(event.firstAt + ordinaryMs));
}

export const containerWaiting = defineAnalyser({
  id: 'container-waiting',
  kind: 'Pod',
  reads: ['Event', 'ReplicaSet', 'Job'],
  codes: [containerImagePull, containerConfigError, containerCreateError, containerWaitingOther, containerNotStarting],
  analyse,
});
