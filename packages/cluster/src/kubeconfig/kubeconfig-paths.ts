import { delimiter, join } from 'node:path';
import type { KubeconfigOrigin } from './cluster-context.ts';

export interface PathSources {
  /** Of it KUBECONFIG is read. */
  environment: Readonly<Record<string, string | undefined>>;
  homeDirectory: string;
  /** A file or folder named on the command line: it alone is read, besides uploads. */
  file?: string;
  /** The folder of uploaded files; left out: there are none. */
  uploads?: string;
  /** The names in a folder; null for what is no folder, or not there. Left out: no folder is looked into. */
  listFolder?(path: string): Promise<string[] | null>;
}

export interface KubeconfigPath {
  path: string;
  origin: KubeconfigOrigin;
  /** Whether it is a problem where it does not exist. */
  required: boolean;
}

/** More files than this in one folder are no collection of kubeconfigs. */
export const mostFilesOfFolder = 200;

/** What editors and kubectl leave behind, and what lies beside kubeconfigs. */
const noKubeconfig = /^\.|~$|\.(bak|old|orig|swp|tmp|lock|pem|crt|cer|key|pub|md|sh)$/i;

/** The kubeconfig files, in the order in which the first wins, and the paths that were named: files and folders. */
export async function kubeconfigPaths(sources: PathSources): Promise<{ files: KubeconfigPath[]; named: string[] }> {
  const named = namedPaths(sources);
  const listed = await Promise.all(named.map((path) => filesAt(path, sources)));
  const uploads = sources.uploads === undefined ? [] : await filesOf(sources.uploads, 'uploaded', sources);
  return { files: [...listed.flat(), ...(uploads ?? [])], named: [...named, ...(sources.uploads === undefined ? [] : [sources.uploads])] };
}

function namedPaths({ file, environment, homeDirectory }: PathSources): string[] {
  if (file !== undefined) return [file];
  const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter((path) => path !== '');
  return listed.length > 0 ? [...new Set(listed)] : [join(homeDirectory, '.kube', 'config')];
}

/** Files of a KUBECONFIG list may be absent, as for kubectl; the one named on the command line may not. */
async function filesAt(path: string, sources: PathSources): Promise<KubeconfigPath[]> {
  return (await filesOf(path, 'folder', sources)) ?? [{ path, origin: 'kubeconfig', required: sources.file !== undefined }];
}

async function filesOf(folder: string, origin: KubeconfigOrigin, { listFolder }: PathSources): Promise<KubeconfigPath[] | null> {
  const names = await listFolder?.(folder);
  if (names == null) return null;
  // Whoever uploaded a file meant it, whatever it is called; hidden ones are still being written.
  const wanted = names.filter((name) => (origin === 'uploaded' ? !name.startsWith('.') : !noKubeconfig.test(name))).sort();
  return wanted.slice(0, mostFilesOfFolder).map((name) => ({ path: join(folder, name), origin, required: false }));
}
