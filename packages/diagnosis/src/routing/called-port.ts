import type { KindTypes } from '@quarterdeck/contract';
import { picksPods } from './service-backends.ts';

type Service = KindTypes['Service'];

/**
 * Whether a call to this port arrives nowhere: the Service has an address of its own and does not offer the port. A
 * headless Service only gives out the addresses of its pods, which take any port that they listen on.
 */
export function lacksPort(service: Service, port: number | null): boolean {
  const ports = service.spec?.ports ?? [];
  return port !== null && service.spec?.clusterIP !== 'None' && picksPods(service) && ports.length > 0 && ports.every((offered) => offered.port !== port);
}

/** `8080` or `8080 (http)`: what a Service offers. */
export function offeredPorts(service: Service): string[] {
  return (service.spec?.ports ?? []).map(({ port, name }) => (name === undefined ? String(port) : `${port} (${name})`));
}
