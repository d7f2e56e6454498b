import type { KindTypes } from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { readPod } from '../exec/read-pod.ts';
import type { Transport, TransportRequest } from '../transport/transport.ts';
import { sandboxContext } from './sandbox-context.ts';

export type ContainerSpec = NonNullable<KindTypes['Pod']['spec']>['containers'][number];

/** A namespace of its own in the test cluster, with pods that run. Whoever opens it closes it. */
export class SandboxPods {
  readonly namespace: string;
  readonly access: ClusterAccess;
  readonly api: Transport;

  private constructor(namespace: string, access: ClusterAccess) {
    this.namespace = namespace;
    this.access = access;
    this.api = apiOf(access);
  }

  static async open(name: string): Promise<SandboxPods> {
    const sandbox = new SandboxPods(`${name}-${process.pid}`, await openSandbox());
    await sandbox.create('/api/v1/namespaces', { metadata: { name: sandbox.namespace } });
    return sandbox;
  }

  /** Creates an object below a collection's path, `/api/v1/…` or below the namespace's own. */
  async create(path: string, object: object): Promise<void> {
    const full = path.startsWith('/') ? path : `/api/v1/namespaces/${this.namespace}/${path}`;
    await this.send('POST', full, object);
  }

  async pod(name: string, containers: readonly Partial<ContainerSpec>[], spec: object = {}): Promise<void> {
    const filled = containers.map((container, i) => ({ name: i === 0 ? 'main' : `side-${i}`, image: 'docker.io/local/busybox:1', ...container }));
    await this.create('pods', { metadata: { name }, spec: { terminationGracePeriodSeconds: 0, containers: filled, ...spec } });
  }

  async running(pod: string): Promise<void> {
    for (;;) {
      const { status } = await readPod(this.api, { namespace: this.namespace, pod }, AbortSignal.timeout(60_000));
      const states = status?.containerStatuses ?? [];
      if (states.length > 0 && states.every(({ state }) => state?.running !== undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** The same cluster as somebody with these rules in the namespace. */
  async as(user: string, rules: readonly object[]): Promise<ClusterAccess> {
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${this.namespace}`;
    await this.create(`${rbac}/roles`, { metadata: { name: user }, rules });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: user };
    await this.create(`${rbac}/rolebindings`, { metadata: { name: user }, roleRef, subjects: [{ kind: 'User', name: user }] });
    return openSandbox({ 'impersonate-user': user });
  }

  async close(): Promise<void> {
    await this.send('DELETE', `/api/v1/namespaces/${this.namespace}`, {});
    await this.access.close();
  }

  private async send(method: NonNullable<TransportRequest['method']>, path: string, object: object): Promise<void> {
    await this.api.json({
      path,
      method,
      body: { contentType: 'application/json', text: JSON.stringify(object) },
      subject: { verb: method === 'POST' ? 'create' : 'delete', resource: path, namespace: null },
      signal: AbortSignal.timeout(30_000),
    });
  }
}

async function openSandbox(impersonation: Record<string, string> = {}): Promise<ClusterAccess> {
  const context = await sandboxContext();
  return openCluster({ ...context, connection: async () => ({ ...(await context.connection()), impersonation }) });
}
