import type { LogStart } from '@quarterdeck/contract';
import { logPath } from '../access/resource-path.ts';
import type { TransportRequest } from '../transport/transport.ts';

export interface ContainerLogCall extends LogStart {
  namespace: string;
  pod: string;
  container: string;
  /** Of the run before. */
  previous?: boolean;
  follow?: boolean;
  /** The server cuts the log there. */
  limitBytes?: number;
  signal: AbortSignal;
}

/** The request for the log of one container. Times are always asked for: without them nothing can be merged or resumed. */
export function containerLogCall(call: ContainerLogCall): TransportRequest {
  const { namespace, pod, container, previous = false, follow = false, tail, sinceSeconds, sinceTime, limitBytes, signal } = call;
  const query = {
    container,
    timestamps: 'true',
    ...(previous ? { previous: 'true' } : {}),
    ...(follow ? { follow: 'true' } : {}),
    ...(tail === undefined ? {} : { tailLines: String(tail) }),
    ...(sinceTime === undefined ? {} : { sinceTime }),
    // The server takes one of the two.
    ...(sinceSeconds === undefined || sinceTime !== undefined ? {} : { sinceSeconds: String(Math.max(1, Math.ceil(sinceSeconds))) }),
    ...(limitBytes === undefined ? {} : { limitBytes: String(limitBytes) }),
  };
  return { path: logPath(namespace, pod), query, accept: '*/*', subject: { verb: 'get', resource: 'pods/log', namespace, name: pod }, signal };
}
