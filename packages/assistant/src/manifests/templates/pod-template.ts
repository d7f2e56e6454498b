import type { MadeObject, Parameter, Wanted } from '../wanted.ts';

/** What a container gets that nothing is said of: small, so that it fits anywhere; `qd top` says later what it needs. */
const defaults = { cpu: '50m', memory: '128Mi', port: 8080 };

/** Images whose port everybody knows. */
const wellKnownPorts: Readonly<Record<string, number>> = {
  ...{ nginx: 80, httpd: 80, caddy: 80, traefik: 80, postgres: 5432, postgresql: 5432, mysql: 3306, mariadb: 3306, redis: 6379, valkey: 6379 },
  ...{ mongo: 27017, rabbitmq: 5672, memcached: 11211, elasticsearch: 9200, grafana: 3000, prometheus: 9090, minio: 9000 },
};

export function imageName(image: string | null): string {
  return image?.split('/').at(-1)?.split(/[:@]/)[0] ?? '';
}

export function portOf({ port, image }: Wanted): number {
  return port ?? wellKnownPorts[imageName(image)] ?? defaults.port;
}

export function nameOf({ name, image }: Wanted): string {
  return name ?? (imageName(image) || 'app');
}

export function labelsOf(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name };
}

export function metadata({ namespace }: Wanted, name: string): MadeObject['metadata'] {
  return { name, ...(namespace === null ? {} : { namespace }), labels: labelsOf(name) };
}

export function parameter(name: string, said: string | number | null, otherwise: string | number): Parameter {
  return { name, value: String(said ?? otherwise), said: said !== null };
}

interface PodOptions {
  listens: boolean;
  mounts?: readonly { name: string; mountPath: string }[];
  restartPolicy?: 'OnFailure' | 'Never';
}

/** The pod template that every workload shares: limits, no further rights, a probe where it listens, no token of an account. */
export function podTemplate(wanted: Wanted, { listens, mounts = [], restartPolicy }: PodOptions) {
  const name = nameOf(wanted);
  const memory = wanted.memory ?? defaults.memory;
  const env = Object.entries(wanted.values).map(([key, value]) => ({ name: key, value }));
  const port = portOf(wanted);
  const container = {
    name,
    image: wanted.image ?? 'registry.example.com/IMAGE:TAG',
    ...(wanted.command === null ? {} : { command: ['/bin/sh', '-c', wanted.command] }),
    ...(listens ? { ports: [{ name: 'main', containerPort: port }], readinessProbe: { tcpSocket: { port: 'main' }, periodSeconds: 5 } } : {}),
    ...(env.length === 0 ? {} : { env }),
    resources: { requests: { cpu: wanted.cpu ?? defaults.cpu, memory }, limits: { memory } },
    securityContext: { allowPrivilegeEscalation: false },
    ...(mounts.length === 0 ? {} : { volumeMounts: mounts }),
  };
  const spec = { automountServiceAccountToken: false, securityContext: { seccompProfile: { type: 'RuntimeDefault' } }, containers: [container] };
  return { metadata: { labels: labelsOf(name) }, spec: restartPolicy === undefined ? spec : { ...spec, restartPolicy } };
}

export function podParameters(wanted: Wanted, listens: boolean): Parameter[] {
  return [
    parameter('name', wanted.name, nameOf(wanted)),
    parameter('image', wanted.image, 'registry.example.com/IMAGE:TAG'),
    ...(listens ? [parameter('port', wanted.port, portOf(wanted))] : []),
    parameter('cpu request', wanted.cpu, defaults.cpu),
    parameter('memory request and limit', wanted.memory, defaults.memory),
  ];
}
