import type { HealthState, KindTypes } from '@quarterdeck/contract';

type Pod = KindTypes['Pod'];
export type PodSpec = NonNullable<Pod['spec']>;
export type Container = PodSpec['containers'][number];
export type ContainerStatus = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number];
export type ContainerRole = 'main' | 'init' | 'sidecar' | 'ephemeral';

export interface ContainerFacts {
  role: ContainerRole;
  container: Container;
  status: ContainerStatus | null;
}

/** Pure. The containers of a pod in the order in which they run, each with what its status says. */
export function containersIn(spec: PodSpec | undefined, status?: Pod['status']): ContainerFacts[] {
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])];
  const withStatus = (role: ContainerRole, container: Container): ContainerFacts => ({
    role,
    container,
    status: statuses.find(({ name }) => name === container.name) ?? null,
  });
  return [
    ...(spec?.initContainers ?? []).map((container) => withStatus(container.restartPolicy === 'Always' ? 'sidecar' : 'init', container)),
    ...(spec?.containers ?? []).map((container) => withStatus('main', container)),
    ...(spec?.ephemeralContainers ?? []).map((container) => withStatus('ephemeral', container)),
  ];
}

export type ContainerState =
  | { is: 'running'; since: string | null; health: HealthState }
  | { is: 'waiting'; reason: string; message: string; health: HealthState }
  | { is: 'ended'; exitCode: number; reason: string; message: string; at: string | null; health: HealthState }
  | { is: 'unknown'; health: HealthState };

/** What a container waits for in the ordinary course of things. */
const ordinary = new Set(['ContainerCreating', 'PodInitializing', '']);

/** Pure. */
export function stateOfContainer({ role, status }: Pick<ContainerFacts, 'role' | 'status'>): ContainerState {
  const { running, waiting, terminated } = status?.state ?? {};
  if (running !== undefined) {
    const ready = status?.ready === true || role === 'ephemeral' || role === 'init';
    return { is: 'running', since: running.startedAt ?? null, health: ready ? 'healthy' : 'medium' };
  }
  if (waiting !== undefined) {
    const reason = waiting.reason ?? '';
    return { is: 'waiting', reason, message: waiting.message ?? '', health: ordinary.has(reason) ? 'pending' : 'critical' };
  }
  if (terminated === undefined) return { is: 'unknown', health: 'unknown' };
  const { exitCode, reason = '', message = '', finishedAt = null } = terminated;
  return { is: 'ended', exitCode, reason, message, at: finishedAt, health: exitCode === 0 ? 'healthy' : 'high' };
}

export type ProbeName = 'startup' | 'readiness' | 'liveness';
export type Probe = NonNullable<Container['livenessProbe']>;

export function probesOf(container: Container): { name: ProbeName; probe: Probe }[] {
  const all: [ProbeName, Probe | undefined][] = [
    ['startup', container.startupProbe],
    ['readiness', container.readinessProbe],
    ['liveness', container.livenessProbe],
  ];
  return all.flatMap(([name, probe]) => (probe === undefined ? [] : [{ name, probe }]));
}

/** Pure. What a probe asks: `GET http://:8080/healthz`. */
export function probeTarget({ httpGet, tcpSocket, grpc, exec }: Probe): string {
  if (httpGet !== undefined) return `GET ${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${httpGet.host ?? ''}:${httpGet.port}${httpGet.path ?? '/'}`;
  if (tcpSocket !== undefined) return `TCP ${tcpSocket.host ?? ''}:${tcpSocket.port}`;
  if (grpc !== undefined) return `gRPC :${grpc.port}${grpc.service === undefined || grpc.service === '' ? '' : ` ${grpc.service}`}`;
  return (exec?.command ?? []).join(' ');
}
