import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loginStores, stateDirectoryOf } from '../credentials/login-stores.ts';
import { runProgram } from '../credentials/run-program.ts';
import { fetchText } from '../transport/fetch-text.ts';
import type { ClusterContext, Kubeconfig, KubeconfigProblem } from './cluster-context.ts';
import { readInClusterContext } from './in-cluster.ts';
import { type KubeconfigFile, parseKubeconfigFile } from './kubeconfig-file.ts';
import { type KubeconfigPath, kubeconfigPaths, type PathSources } from './kubeconfig-paths.ts';
import { contextsOf } from './merge-contexts.ts';
import { type ConnectionDependencies, ConnectionReader } from './read-connection.ts';
import { withUniqueIds } from './unique-ids.ts';

/** Of the environment also KUBE_CONTEXT and, inside a pod, KUBERNETES_SERVICE_HOST and _PORT are read. */
export interface KubeconfigSources extends ConnectionDependencies, PathSources {
  environment: Readonly<Record<string, string | undefined>>;
}

/** Uploads and remembered logins are those of the state directory. */
export function systemKubeconfigSources(): KubeconfigSources {
  const { env: environment } = process;
  const system = { environment, homeDirectory: homedir(), readFile: (path: string) => readFile(path), listFolder, now: Date.now, runProgram, fetchText };
  const state = stateDirectoryOf(environment);
  return { ...system, uploads: join(state, 'kubeconfigs'), ...loginStores(state) };
}

async function listFolder(path: string): Promise<string[] | null> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  } catch {
    return null; // No folder, or one that is not there: reading it as a file says which.
  }
}

/** What opens connections; logins are kept as long as it is, so whoever loads again and again keeps it. */
export interface KubeconfigConnections {
  own: ConnectionReader;
  uploaded: ConnectionReader;
}

export function kubeconfigConnections(sources: KubeconfigSources): KubeconfigConnections {
  return { own: new ConnectionReader(sources), uploaded: new ConnectionReader({ ...sources, trusted: false }) };
}

/** A file with where it came from. */
interface ReadFile extends KubeconfigPath {
  content: KubeconfigFile;
}

/**
 * The contexts of all kubeconfig files, merged as kubectl does: the first file that has a name wins. Files of a folder
 * and uploaded ones stand alone: their entries mix with no others, so an uploaded context never gets the login of
 * another file. A file or entry that is wrong becomes a problem and the rest stays usable; where no file has a context,
 * the pod's own service account is offered. `KUBE_CONTEXT` overrides `current-context`. Never throws.
 */
export async function loadKubeconfig(
  sources: KubeconfigSources = systemKubeconfigSources(),
  connections = kubeconfigConnections(sources),
): Promise<Kubeconfig> {
  const { files: paths } = await kubeconfigPaths(sources);
  const files = (await Promise.all(paths.map((path) => readKubeconfigFile(path, sources)))).filter((file) => file !== null);
  const problems = files.flatMap((file) => file.content.problems);
  const contexts = withUniqueIds(allContexts(files, connections, problems), problems);
  const own = contexts.some((context) => context.origin !== 'uploaded') ? null : await readInClusterContext(sources, connections.own);
  if (own !== null) contexts.unshift(own);
  const summaries = files.map(({ path, origin }) => ({ path, origin, contexts: contexts.filter((context) => context.file === path).map(({ id }) => id) }));
  return { files: summaries, contexts, currentContext: own?.id ?? chooseContext(files, contexts, sources, problems), problems };
}

function allContexts(files: readonly ReadFile[], connections: KubeconfigConnections, problems: KubeconfigProblem[]): ClusterContext[] {
  const merged = files.filter((file) => file.origin === 'kubeconfig').map((file) => file.content);
  const alone = files.filter((file) => file.origin !== 'kubeconfig');
  return [
    ...contextsOf(merged, { origin: 'kubeconfig', connections: connections.own }, problems),
    ...alone.flatMap(({ content, origin }) =>
      contextsOf([content], { origin, connections: origin === 'uploaded' ? connections.uploaded : connections.own }, problems),
    ),
  ];
}

/** Null for a file that may be absent, and for one of a folder that is no kubeconfig at all. */
async function readKubeconfigFile(from: KubeconfigPath, sources: KubeconfigSources): Promise<ReadFile | null> {
  const { path, origin, required } = from;
  try {
    const text = Buffer.from(await sources.readFile(path)).toString('utf8');
    return origin === 'folder' && !looksLikeKubeconfig(text) ? null : { ...from, content: parseKubeconfigFile(path, text) };
  } catch (thrown) {
    const absent = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    if (absent && !required) return null;
    const reason = absent ? 'there is no such file' : `it can't be read (${thrown instanceof Error ? thrown.message : String(thrown)})`;
    const problem = { file: path, line: null, message: `${path}: ${reason}`, hint: 'Check the path and that you may read it.' };
    return { ...from, content: { file: path, currentContext: null, clusters: new Map(), users: new Map(), contexts: new Map(), problems: [problem] } };
  }
}

/** YAML and JSON; also one that is broken further down. */
function looksLikeKubeconfig(text: string): boolean {
  return /^[\s{]*["']?(clusters|contexts|users|current-context)["']?\s*:/m.test(text);
}

/** A context that is asked for and not there is never replaced by another one: that could be the wrong cluster. */
function chooseContext(
  files: readonly ReadFile[],
  contexts: readonly ClusterContext[],
  { environment }: KubeconfigSources,
  problems: KubeconfigProblem[],
): string | null {
  const asked = environment.KUBE_CONTEXT;
  if (asked) {
    if (contexts.some((context) => context.id === asked)) return asked;
    problems.push(unusable('KUBE_CONTEXT', 'KUBE_CONTEXT', asked, contexts));
    return null;
  }
  const first = currentOf(files);
  if (first === null) return null;
  const chosen = contexts.find(
    (context) => context.name === first.name && (first.origin === 'kubeconfig' ? context.origin === 'kubeconfig' : context.file === first.file),
  );
  if (chosen !== undefined) return chosen.id;
  problems.push(unusable(first.file, 'current-context', first.name, contexts));
  return null;
}

/** As for kubectl the first file that has one. Where files of folders differ, nothing says which is meant. */
function currentOf(files: readonly ReadFile[]): { name: string; file: string; origin: KubeconfigPath['origin'] } | null {
  const set = files.flatMap(({ origin, path, content: { currentContext: name } }) => (name === null ? [] : [{ name, file: path, origin }]));
  const inFolders = set.filter(({ origin }) => origin === 'folder');
  return set.find(({ origin }) => origin === 'kubeconfig') ?? (inFolders.length === 1 ? (inFolders[0] ?? null) : null);
}

function unusable(file: string, source: string, name: string, contexts: readonly ClusterContext[]): KubeconfigProblem {
  const known = contexts.map((context) => context.id).join(', ') || 'none';
  return { file, line: null, message: `${source} is ${name}, and there is no usable context of this name`, hint: `Choose one of: ${known}.` };
}
