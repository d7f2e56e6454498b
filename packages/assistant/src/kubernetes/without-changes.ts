import { type ClusterAccess, onlyReads, requestInfo, type Transport, type TransportRequest } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import type { AskedCluster } from './asked-cluster.ts';

/**
 * The same cluster, to which nothing can be done: reads and dry runs alone pass, whatever a tool is made to ask for. It
 * is the last door, and does not rely on what tools are there.
 */
export function withoutChanges(cluster: AskedCluster): AskedCluster {
  const { access } = cluster;
  return access.api === null
    ? cluster
    : { ...cluster, checked: (signal) => cluster.checked(signal), access: readingAccess(access, readingTransport(access.api)) };
}

function readingAccess(access: ClusterAccess, api: Transport): ClusterAccess {
  const { watchList } = access;
  return {
    id: access.id,
    server: access.server,
    recordedAt: access.recordedAt,
    namespaces: access.namespaces,
    evidence: access.evidence,
    api,
    version: (signal) => access.version(signal),
    kinds: (signal, freshness) => access.kinds(signal, freshness),
    list: (kind, options) => access.list(kind, options),
    watch: (kind, options) => access.watch(kind, options),
    ...(watchList === undefined ? {} : { watchList: (kind, options) => watchList.call(access, kind, options) }),
    get: (kind, namespace, name, signal) => access.get(kind, namespace, name, signal),
    log: (request) => access.log(request),
    // Whoever opened it closes it.
    close: async () => undefined,
  };
}

function readingTransport(api: Transport): Transport {
  const checked = <R extends TransportRequest>(request: R): R => {
    const query = new URLSearchParams(
      Object.entries(request.query ?? {}).flatMap(([key, value]) => [value].flat().map((each): [string, string] => [key, each])),
    );
    requireReading(request.method ?? 'GET', `${request.path}?${query}`);
    return request;
  };
  return {
    json: async (request) => api.json(checked(request)),
    text: async (request, maxBytes) => api.text(checked(request), maxBytes),
    stream: async (request) => api.stream(checked(request)),
    bytes: async (request) => api.bytes(checked(request)),
    socket: () => Promise.reject(refused('A connection into a container')),
    relay: async (request) => {
      requireReading(request.method, request.target);
      return api.relay(request);
    },
    close: async () => undefined,
  };
}

function requireReading(method: string, target: string): void {
  const info = requestInfo(method, target);
  if (info === null || !onlyReads(info)) throw refused(`${method} ${target.split('?')[0]}`);
}

function refused(what: string): AppError {
  return new AppError('FORBIDDEN', `${what} is no reading, and the assistant changes nothing.`, { hint: 'Propose the change; a person decides.' });
}
