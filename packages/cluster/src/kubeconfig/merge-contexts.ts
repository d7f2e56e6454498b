import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { ClusterContext, KubeconfigOrigin, KubeconfigProblem } from './cluster-context.ts';
import type { KubeconfigFile, Located } from './kubeconfig-file.ts';
import type { ClusterEntry, ContextEntry, UserEntry } from './kubeconfig-schema.ts';
import type { ConnectionReader } from './read-connection.ts';

/** The contexts of files whose entries belong together; the first file that has a name wins. A context that names what no file has becomes a problem. */
export function contextsOf(
  files: readonly KubeconfigFile[],
  { origin, connections }: { origin: KubeconfigOrigin; connections: ConnectionReader },
  problems: KubeconfigProblem[],
): ClusterContext[] {
  const clusters = firstWins(files.map((file) => file.clusters));
  const users = firstWins(files.map((file) => file.users));
  const merged: ClusterContext[] = [];
  for (const [name, entry] of firstWins(files.map((file) => file.contexts))) {
    const { cluster: clusterName, user: userName, namespace } = entry.value;
    const cluster = clusters.get(clusterName);
    const user = userName === '' ? null : users.get(userName);
    if (cluster === undefined || user === undefined) {
      problems.push(danglingContext(name, entry, cluster === undefined ? `cluster ${clusterName}` : `user ${userName}`));
      continue;
    }
    merged.push({
      ...{ id: name, name, file: entry.file, origin, cluster: clusterName, user: userName, namespace, server: cluster.value.server },
      fingerprint: digest([cluster.file, cluster.value, user?.file, user?.value]),
      namedFiles: namedFiles(cluster, user),
      connection: () => connections.read(cluster, user),
    });
  }
  return merged;
}

function firstWins<T>(maps: readonly Map<string, T>[]): Map<string, T> {
  const merged = new Map<string, T>();
  for (const map of maps) for (const [name, value] of map) if (!merged.has(name)) merged.set(name, value);
  return merged;
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function namedFiles(cluster: Located<ClusterEntry>, user: Located<UserEntry> | null): string[] {
  const { tokenFile, 'client-certificate': certificate, 'client-key': key, 'auth-provider': provider } = user?.value ?? {};
  const ofUser = [tokenFile, certificate, key, provider?.config?.['idp-certificate-authority']];
  return [...beside(cluster.file, [cluster.value['certificate-authority']]), ...beside(user?.file ?? '', ofUser)];
}

function beside(file: string, paths: readonly (string | null | undefined)[]): string[] {
  return paths.flatMap((path) => (path ? [resolve(dirname(file), path)] : []));
}

function danglingContext(name: string, entry: Located<ContextEntry>, missing: string): KubeconfigProblem {
  const { file, line } = entry;
  const message = `${file}, line ${line ?? 1}: the context ${name} names the ${missing}, which no file defines`;
  return { file, line, message, hint: `Add the ${missing}, or the file that defines it to KUBECONFIG.` };
}
