import { randomUUID } from 'node:crypto';
import { AppError, type DebugProfile, type KindTypes } from '@quarterdeck/contract';
import { podPath } from '../access/resource-path.ts';
import type { Transport } from '../transport/transport.ts';
import { chooseContainer } from './choose-container.ts';
import { podSecurity } from './debug-profiles.ts';
import { type PodName, podOf, readPod } from './read-pod.ts';
import { waitForContainer } from './wait-for-container.ts';

export interface DebugPodRequest extends PodName {
  /** The container whose processes it sees; left out, the pod's default container. */
  target?: string | undefined;
  image: string;
  /** Left out or empty: what the image starts. */
  command?: readonly string[];
  /** Left out: `debugger-` and something random. */
  name?: string | undefined;
  profile: DebugProfile;
  /** Whether its input is kept open, so that somebody can attach and write. */
  stdin: boolean;
  tty: boolean;
  onWaiting?: ((reason: string) => void) | undefined;
  signal: AbortSignal;
}

export interface DebugContainer extends PodName {
  container: string;
}

/**
 * Puts a debug container into a running pod and waits until it runs; attach to it with `attachToPod`. It stays in the
 * pod's specification until the pod goes: Kubernetes can not remove it. Throws NOT_FOUND (pod, target), CONFLICT (the pod
 * has ended, the container can't start), FORBIDDEN, and as the transport does.
 */
export async function debugPod(api: Transport, request: DebugPodRequest): Promise<DebugContainer> {
  const { namespace, pod, onWaiting, signal } = request;
  const found = await readPod(api, { namespace, pod }, signal);
  const phase = found.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new AppError('CONFLICT', `The pod ${namespace}/${pod} has ended (${phase}): nothing can be added to it.`, {
      hint: 'Its log and its events say what happened.',
    });
  }
  const container = debugContainer(found, request);
  await addContainer(api, { namespace, pod }, container, signal);
  await waitForContainer(api, { namespace, pod, container: container.name, onWaiting, signal });
  return { namespace, pod, container: container.name };
}

type EphemeralContainer = NonNullable<NonNullable<KindTypes['Pod']['spec']>['ephemeralContainers']>[number];

function debugContainer(pod: KindTypes['Pod'], { target, image, command = [], name, profile, stdin, tty }: DebugPodRequest): EphemeralContainer {
  const securityContext = podSecurity[profile];
  return {
    name: name ?? `debugger-${randomUUID().slice(0, 5)}`,
    image,
    targetContainerName: chooseContainer(pod, target).name,
    stdin,
    tty,
    ...(command.length === 0 ? {} : { command: [...command] }),
    ...(securityContext === null ? {} : { securityContext }),
  };
}

async function addContainer(api: Transport, { namespace, pod }: PodName, container: EphemeralContainer, signal: AbortSignal): Promise<void> {
  const raw = await api.json({
    path: `${podPath(namespace, pod)}/ephemeralcontainers`,
    method: 'PATCH',
    // Merged by name, so that those there are stay.
    body: { contentType: 'application/strategic-merge-patch+json', text: JSON.stringify({ spec: { ephemeralContainers: [container] } }) },
    subject: { verb: 'patch', resource: 'pods/ephemeralcontainers', namespace, name: pod },
    signal,
  });
  const added = podOf(raw, pod).spec?.ephemeralContainers?.some(({ name }) => name === container.name);
  if (added !== true) throw new AppError('CLUSTER_ERROR', `The cluster accepted the debug container for ${namespace}/${pod} and did not add it.`);
}
