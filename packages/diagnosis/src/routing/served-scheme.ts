import type { KindTypes } from '@quarterdeck/contract';
import type { Container } from 'kubernetes-types/core/v1.js';
import { isReady } from '../pods/containers.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { runningContainers } from './pod-ports.ts';
import { backendPods } from './service-backends.ts';
import { servicePortOf } from './service-ports.ts';

export type Scheme = 'HTTP' | 'HTTPS';

/**
 * What is spoken behind a Service's port, as HTTP probes that succeed there prove; null where none asks that port, or
 * where they disagree.
 */
export function servedScheme(service: KindTypes['Service'], port: number | null, view: ClusterView): Scheme | null {
  const schemes = new Set(
    backendPods(view, service)
      .filter(isReady)
      .flatMap((pod) => {
        const target = servicePortOf(service, port, pod);
        return target === null ? [] : runningContainers(pod).flatMap((container) => schemesAt(target, container));
      }),
  );
  const [only] = schemes;
  return schemes.size === 1 ? (only ?? null) : null;
}

function schemesAt(target: number, { readinessProbe, livenessProbe, ports }: Container): Scheme[] {
  return [readinessProbe?.httpGet, livenessProbe?.httpGet].flatMap((http) => {
    const asked = typeof http?.port === 'string' ? ports?.find(({ name }) => name === http.port)?.containerPort : http?.port;
    if (asked !== target) return [];
    return http?.scheme === 'HTTPS' ? ['HTTPS' as const] : ['HTTP' as const];
  });
}
