import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runProgram } from '../credentials/run-program.ts';
import { fetchText } from '../transport/fetch-text.ts';
import type { ClusterContext, Kubeconfig, KubeconfigProblem } from './cluster-context.ts';
import { readInClusterContext } from './in-cluster.ts';
import { type KubeconfigFile, type Located, parseKubeconfigFile } from './kubeconfig-file.ts';
import type { ContextEntry } from './kubeconfig-schema.ts';
import { type ConnectionDependencies, ConnectionReader } from './read-connection.ts';

/** Of the environment also KUBECONFIG, KUBE_CONTEXT and, inside a pod, KUBERNETES_SERVICE_HOST and _PORT are read. */
export interface KubeconfigSources extends ConnectionDependencies {
  homeDirectory: string;
  /** A file named on the command line: it alone is read. */
  file?: string;
}

export function systemKubeconfigSources(): KubeconfigSources {
  return { environment: process.env, homeDirectory: homedir(), readFile: (path) => readFile(path), now: Date.now, runProgram, fetchText };
}

/**
 * The contexts of all kubeconfig files, merged as kubectl does: the first file that has a name wins. A file or entry
 * that is wrong becomes a problem and the rest stays usable; where no file has a context, the pod's own service
 * account is offered. `KUBE_CONTEXT` overrides `current-context`. Never throws.
 */
export async function loadKubeconfig(sources: KubeconfigSources = systemKubeconfigSources()): Promise<Kubeconfig> {
  const { paths, required } = pathsOf(sources);
  const read = await Promise.all(paths.map((path) => readKubeconfigFile(path, required, sources)));
  const files = read.filter((file) => file !== null);
  const problems = files.flatMap((file) => file.problems);
  const connections = new ConnectionReader(sources);
  const contexts = mergeContexts(files, connections, problems);
  if (contexts.length === 0) {
    const own = await readInClusterContext(sources, connections);
    if (own !== null) return { contexts: [own], currentContext: own.id, problems };
  }
  return { contexts, currentContext: chooseContext(files, contexts, sources, problems), problems };
}

/** Files of a KUBECONFIG list may be absent, as for kubectl; the one named on the command line may not. */
function pathsOf(sources: KubeconfigSources): { paths: string[]; required: boolean } {
  if (sources.file !== undefined) return { paths: [sources.file], required: true };
  const listed = (sources.environment.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '');
  const paths = listed.length > 0 ? [...new Set(listed)] : [join(sources.homeDirectory, '.kube', 'config')];
  return { paths, required: false };
}

async function readKubeconfigFile(path: string, required: boolean, sources: KubeconfigSources): Promise<KubeconfigFile | null> {
  try {
    return parseKubeconfigFile(path, Buffer.from(await sources.readFile(path)).toString('utf8'));
  } catch (thrown) {
    const absent = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    if (absent && !required) return null;
    const reason = absent ? 'there is no such file' : `it can't be read (${thrown instanceof Error ? thrown.message : String(thrown)})`;
    const problem = { file: path, line: null, message: `${path}: ${reason}`, hint: 'Check the path and that you may read it.' };
    return { file: path, currentContext: null, clusters: new Map(), users: new Map(), contexts: new Map(), problems: [problem] };
  }
}

function mergeContexts(files: readonly KubeconfigFile[], connections: ConnectionReader, problems: KubeconfigProblem[]): ClusterContext[] {
  const clusters = firstWins(files.map((file) => file.clusters));
  const users = firstWins(files.map((file) => file.users));
  const merged: ClusterContext[] = [];
  for (const [id, entry] of firstWins(files.map((file) => file.contexts))) {
    const { cluster: clusterName, user: userName, namespace } = entry.value;
    const cluster = clusters.get(clusterName);
    const user = userName === '' ? null : users.get(userName);
    if (cluster === undefined || user === undefined) {
      problems.push(danglingContext(id, entry, cluster === undefined ? `cluster ${clusterName}` : `user ${userName}`));
      continue;
    }
    const { server } = cluster.value;
    merged.push({ id, cluster: clusterName, user: userName, namespace, server, connection: () => connections.read(cluster, user) });
  }
  return merged;
}

function firstWins<T>(maps: readonly Map<string, T>[]): Map<string, T> {
  const merged = new Map<string, T>();
  for (const map of maps) for (const [name, value] of map) if (!merged.has(name)) merged.set(name, value);
  return merged;
}

function danglingContext(id: string, entry: Located<ContextEntry>, missing: string): KubeconfigProblem {
  const { file, line } = entry;
  const message = `${file}, line ${line ?? 1}: the context ${id} names the ${missing}, which no file defines`;
  return { file, line, message, hint: `Add the ${missing}, or the file that defines it to KUBECONFIG.` };
}

/** A context that is asked for and not there is never replaced by another one: that could be the wrong cluster. */
function chooseContext(
  files: readonly KubeconfigFile[],
  contexts: readonly ClusterContext[],
  sources: KubeconfigSources,
  problems: KubeconfigProblem[],
): string | null {
  const asked = sources.environment.KUBE_CONTEXT;
  const first = files.find((file) => file.currentContext !== null);
  const chosen = asked || first?.currentContext;
  if (!chosen) return null;
  if (contexts.some((context) => context.id === chosen)) return chosen;
  const known = contexts.map((context) => context.id).join(', ') || 'none';
  const source = asked ? 'KUBE_CONTEXT' : 'current-context';
  problems.push({
    file: asked ? source : (first?.file ?? source),
    line: null,
    message: `${source} is ${chosen}, and there is no usable context of this name`,
    hint: `Choose one of: ${known}.`,
  });
  return null;
}
