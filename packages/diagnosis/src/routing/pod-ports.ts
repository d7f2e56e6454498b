import type { KindTypes } from '@quarterdeck/contract';
import type { Container, Probe } from 'kubernetes-types/core/v1.js';

export interface DeclaredPort {
  name: string | null;
  number: number;
  protocol: string;
}

type Pod = KindTypes['Pod'];
/** What can be asked for its ports: a pod, or the template of a workload. */
export type PodLike = Pick<Pod, 'spec'>;

/** Containers that run beside each other: the ordinary ones and the native sidecars. */
export function runningContainers(pod: PodLike): Container[] {
  const sidecars = (pod.spec?.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return [...sidecars, ...(pod.spec?.containers ?? [])];
}

export function declaredPorts(pod: PodLike): DeclaredPort[] {
  return runningContainers(pod).flatMap((container) =>
    (container.ports ?? []).map((port) => ({ name: port.name ?? null, number: port.containerPort, protocol: port.protocol ?? 'TCP' })),
  );
}

function probePort(probe: Probe | undefined, container: Container): number | null {
  const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
  if (typeof port === 'number' || port === undefined) return port ?? null;
  return container.ports?.find((declared) => declared.name === port)?.containerPort ?? null;
}

/** TCP ports that the probes of a pod talk to. */
export function probedPorts(pod: PodLike): number[] {
  return runningContainers(pod).flatMap((container) =>
    [container.readinessProbe, container.livenessProbe, container.startupProbe].flatMap((probe) => probePort(probe, container) ?? []),
  );
}
