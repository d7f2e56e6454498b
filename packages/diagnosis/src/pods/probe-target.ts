import type { Container, Probe } from 'kubernetes-types/core/v1.js';

export type ProbeName = 'liveness' | 'readiness' | 'startup';
export type ProbeForm = 'httpGet' | 'tcpSocket' | 'grpc' | 'exec';

/** What a probe asks for. `port` is null for an exec probe and for a port name that the container does not declare: `portName` then. */
export interface ProbeTarget {
  form: ProbeForm;
  port: number | null;
  portName: string | null;
  path: string | null;
  command: readonly string[];
  /** Of a gRPC probe. */
  service: string | null;
}

export function probeOf(container: Container, name: ProbeName): Probe | undefined {
  return name === 'liveness' ? container.livenessProbe : name === 'readiness' ? container.readinessProbe : container.startupProbe;
}

export function probeTarget(container: Container, name: ProbeName): ProbeTarget | null {
  const probe = probeOf(container, name);
  const none = { port: null, portName: null, path: null, command: [], service: null };
  const at = (port: number | string) => ({ port: portNumber(container, port), portName: typeof port === 'string' ? port : null });
  if (probe?.httpGet !== undefined) return { ...none, form: 'httpGet', ...at(probe.httpGet.port), path: probe.httpGet.path ?? '/' };
  if (probe?.tcpSocket !== undefined) return { ...none, form: 'tcpSocket', ...at(probe.tcpSocket.port) };
  if (probe?.grpc !== undefined) return { ...none, form: 'grpc', port: probe.grpc.port, service: probe.grpc.service ?? null };
  return probe?.exec === undefined ? null : { ...none, form: 'exec', command: probe.exec.command ?? [] };
}

function portNumber(container: Container, port: number | string): number | null {
  if (typeof port === 'number') return port;
  return container.ports?.find((declared) => declared.name === port)?.containerPort ?? null;
}

/** Where a program really listens, with what says so; the surest first. */
export interface Listener {
  port: number;
  witness: string;
}

/** Ports that speak for themselves against the one that a probe asks in vain. */
export function listeners(container: Container, probed: ProbeName, logged: readonly number[], targetPorts: readonly number[]): Listener[] {
  const others = (['readiness', 'liveness', 'startup'] as const).filter((name) => name !== probed);
  return [
    ...logged.map((port) => ({ port, witness: 'its log says so' })),
    ...others.flatMap((name) => {
      const port = probeTarget(container, name)?.port ?? null;
      return port === null ? [] : [{ port, witness: `the ${name} probe uses it` }];
    }),
    ...(container.ports ?? []).map((declared) => ({ port: declared.containerPort, witness: 'the container declares it' })),
    ...targetPorts.map((port) => ({ port, witness: 'its Service targets it' })),
  ];
}
