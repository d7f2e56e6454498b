import type { ClusterContext } from './cluster-context.ts';
import type { Located } from './kubeconfig-file.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts';
import type { ConnectionDependencies, ConnectionReader } from './read-connection.ts';

const folder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The service account that Kubernetes mounts into every pod; null outside a pod. */
export async function readInClusterContext(dependencies: ConnectionDependencies, connections: ConnectionReader): Promise<ClusterContext | null> {
  const { environment } = dependencies;
  const host = environment.KUBERNETES_SERVICE_HOST;
  const port = environment.KUBERNETES_SERVICE_PORT;
  if (!host || !port) return null;
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const token = await readOptional(`${folder}/token`, dependencies);
  if (token === null) return null;
  const at = { file: `${folder}/token`, line: null };
  const cluster: Located<ClusterEntry> = { ...at, value: { server, 'certificate-authority': `${folder}/ca.crt`, 'insecure-skip-tls-verify': false } };
  const user: Located<UserEntry> = { ...at, value: { tokenFile: `${folder}/token` } };
  return {
    id: 'in-cluster',
    name: 'in-cluster',
    file: at.file,
    origin: 'serviceAccount',
    fingerprint: server,
    namedFiles: [at.file, `${folder}/ca.crt`],
    cluster: 'in-cluster',
    user: 'service account',
    namespace: (await readOptional(`${folder}/namespace`, dependencies))?.trim() || 'default',
    server,
    connection: () => connections.read(cluster, user),
  };
}

async function readOptional(path: string, dependencies: ConnectionDependencies): Promise<string | null> {
  try {
    return Buffer.from(await dependencies.readFile(path)).toString('utf8');
  } catch {
    return null; // Not mounted (automountServiceAccountToken: false): the pod then has no identity to use.
  }
}
