import type { KindTypes } from '@quarterdeck/contract';
import type { ServicePort } from 'kubernetes-types/core/v1.js';
import { declaredPorts, type PodLike } from './pod-ports.ts';

type Service = KindTypes['Service'];

/** The number that a Service port forwards to; null where it is a name. */
export function targetNumber(port: ServicePort): number | null {
  if (typeof port.targetPort === 'string') return null;
  return port.targetPort === undefined || port.targetPort === 0 ? port.port : port.targetPort;
}

/** The entry of a Service that a caller uses: by number, else the only one. */
export function calledPort(service: Service, port: number | null): ServicePort | null {
  const ports = service.spec?.ports ?? [];
  const named = ports.find((candidate) => candidate.port === port);
  return named ?? (ports.length === 1 ? (ports[0] ?? null) : null);
}

/** The container port that a call to a Service's port arrives at; null where that cannot be told. A headless Service translates none. */
export function servicePortOf(service: Service, port: number | null, pod: PodLike): number | null {
  if (service.spec?.clusterIP === 'None' && port !== null) return port;
  const entry = calledPort(service, port);
  if (entry === null) return null;
  return targetNumber(entry) ?? declaredPorts(pod).find(({ name }) => name === entry.targetPort)?.number ?? null;
}
