import type { KindTypes } from '@quarterdeck/contract';
import { isReady } from '../pods/containers.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { declaredPorts } from './pod-ports.ts';
import { backendPods, picksPods } from './service-backends.ts';
import { targetNumber } from './service-ports.ts';

type Service = KindTypes['Service'];

/**
 * Whether a call to this port arrives nowhere: the Service has an address of its own and does not offer the port. A
 * headless Service only gives out the addresses of its pods, which take any port that they listen on.
 */
export function lacksPort(service: Service, port: number | null): boolean {
  const ports = service.spec?.ports ?? [];
  return port !== null && service.spec?.clusterIP !== 'None' && picksPods(service) && ports.length > 0 && ports.every((offered) => offered.port !== port);
}

/**
 * What a headless Service makes of a call to this port: its name stands for the pods themselves, so that no port is
 * translated. The ports that the pods serve instead, where they declare some and this is none of them; else null.
 */
export function untranslatedPorts(service: Service, port: number | null, view: ClusterView): number[] | null {
  if (port === null || service.spec?.clusterIP !== 'None' || !picksPods(service)) return null;
  const pods = backendPods(view, service).filter(isReady);
  const declared = pods.map((pod) => declaredPorts(pod).map(({ number }) => number));
  if (pods.length === 0 || declared.some((numbers) => numbers.length === 0 || numbers.includes(port))) return null;
  const targets = (service.spec.ports ?? []).flatMap((entry) => (entry.port === port ? (targetNumber(entry) ?? []) : []));
  const served = [...new Set(declared.flat())];
  return targets.some((target) => served.includes(target)) ? targets : served;
}

/** `8080` or `8080 (http)`: what a Service offers. */
export function offeredPorts(service: Service): string[] {
  return (service.spec?.ports ?? []).map(({ port, name }) => (name === undefined ? String(port) : `${port} (${name})`));
}
