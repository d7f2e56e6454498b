import { apiOf } from '../access/api-of.ts';
import type { SandboxPods } from './sandbox-pods.ts';

const image = 'docker.io/local/busybox:1';

export interface WorkloadSpec {
  replicas: number;
  /** For `sh -c`. */
  script: string;
  ports?: readonly { name: string; containerPort: number }[];
  /** Ready when this port is. */
  readyPort?: number;
}

/** Creates a Deployment whose pods carry the label `app` with its name. They end at once when they are told to. */
export function createDeployment(pods: SandboxPods, name: string, { replicas, script, ports = [], readyPort }: WorkloadSpec): Promise<void> {
  const labels = { app: name };
  const probe = readyPort === undefined ? {} : { readinessProbe: { tcpSocket: { port: readyPort }, periodSeconds: 1 } };
  const containers = [{ name: 'main', image, command: ['sh', '-c', script], ports, ...probe }];
  const template = { metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers } };
  return pods.create(`/apis/apps/v1/namespaces/${pods.namespace}/deployments`, {
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template },
  });
}

export function deletePod(pods: SandboxPods, pod: string): Promise<unknown> {
  return apiOf(pods.access).json({
    method: 'DELETE',
    path: `/api/v1/namespaces/${pods.namespace}/pods/${pod}`,
    body: { contentType: 'application/json', text: '{"gracePeriodSeconds":0}' },
    subject: { verb: 'delete', resource: 'pods', namespace: pods.namespace, name: pod },
    signal: AbortSignal.timeout(30_000),
  });
}
