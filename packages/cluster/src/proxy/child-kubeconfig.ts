import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { type LoopbackProxy, type LoopbackProxyOptions, openLoopbackProxy } from './loopback-proxy.ts';

export interface ChildCluster {
  /** A kubeconfig, readable by its owner alone. */
  kubeconfig: string;
  /** A private folder that goes when the child has ended; the kubeconfig is in it. */
  folder: string;
  /** What kubectl and Helm need to find both. */
  environment: Readonly<Record<string, string>>;
}

/**
 * Runs `run` with a kubeconfig that leads a child process to the cluster through a proxy of its own; the proxy, the
 * kubeconfig and its folder are gone afterwards, however it ended. Throws READ_ONLY for a recording.
 */
export async function withChildKubeconfig<T>(
  access: Pick<ClusterAccess, 'api' | 'id'>,
  options: LoopbackProxyOptions & { namespace?: string },
  run: (child: ChildCluster) => Promise<T>,
): Promise<T> {
  const proxy = await openLoopbackProxy(apiOf(access), options);
  try {
    // mkdtemp makes it for its owner alone (0700).
    const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-child-'));
    try {
      const kubeconfig = join(folder, 'kubeconfig');
      await writeFile(kubeconfig, kubeconfigOf(proxy, options.namespace ?? 'default'), { mode: 0o600, flag: 'wx' });
      // Their caches are kept by address: with a new port every time they would only litter the home folder.
      return await run({ kubeconfig, folder, environment: { KUBECONFIG: kubeconfig, KUBECACHEDIR: join(folder, 'kube-cache') } });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } finally {
    await proxy.close();
  }
}

/** JSON is YAML. */
function kubeconfigOf({ server, token, certificateAuthority }: LoopbackProxy, namespace: string): string {
  const name = 'quarterdeck';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': Buffer.from(certificateAuthority).toString('base64') } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    'current-context': name,
  });
}
