import { access } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ClusterContext,
  type FollowedKubeconfig,
  followKubeconfig,
  type KubeconfigProblem,
  loginStores,
  openRecording,
  systemKubeconfigSources,
} from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import type { Logger } from 'pino';
import type { ServerOptions } from '../config/options.ts';
import type { ClusterSources } from './cluster-registry.ts';
import type { ClusterSource } from './cluster-source.ts';
import { KubeconfigLibrary } from './kubeconfig-library.ts';

/** The recording that is shown where no kubeconfig is found. */
export const demoBundle = join(import.meta.dirname, '..', '..', 'demo', 'demo.qdb');

/**
 * The clusters to offer: the recording that was asked for, or the kubeconfig's contexts, which are followed from then
 * on, with the demo where there are none yet.
 */
export async function findClusterSources(options: SourceOptions, log: Logger): Promise<FoundSources> {
  if (options.bundle !== null) return recording(options.bundle);
  const uploads = join(options.stateDirectory, 'kubeconfigs');
  const followed = await followKubeconfig({
    ...systemKubeconfigSources(),
    ...loginStores(options.stateDirectory),
    uploads,
    ...(options.kubeconfig === null ? {} : { file: options.kubeconfig }),
  });
  const { contexts, currentContext, problems } = followed.current();
  tellProblems(followed, log);
  try {
    if (options.context !== null && !contexts.some(({ id }) => id === options.context)) throw unknownContext(options.context, contexts);
    if (contexts.length === 0 && options.kubeconfig !== null) throw nothingUsable(options.kubeconfig, problems[0]);
    const demos = contexts.length > 0 ? null : await demo(log);
    const library = new KubeconfigLibrary(followed, uploads, demos?.sources ?? []);
    return { sources: library.sources(), current: options.context ?? currentContext ?? demos?.current ?? null, library };
  } catch (thrown) {
    followed.close();
    throw thrown;
  }
}

export type FoundSources = Omit<ClusterSources, 'library'> & { library?: KubeconfigLibrary };
export type SourceOptions = Pick<ServerOptions, 'bundle' | 'kubeconfig' | 'context' | 'stateDirectory'>;

/** Each problem once, however often the files are read. */
function tellProblems(followed: FollowedKubeconfig, log: Logger): void {
  const told = new Set<string>();
  const tell = () => {
    for (const { file, line, hint, message } of followed.current().problems) {
      if (!told.has(message)) log.warn({ file, line, hint }, message);
      told.add(message);
    }
  };
  tell();
  followed.onChange(tell);
}

function nothingUsable(path: string, problem: KubeconfigProblem | undefined): AppError {
  return new AppError('KUBECONFIG_INVALID', problem?.message ?? `${path} has no usable context.`, { hint: problem?.hint ?? 'Check the file.' });
}

async function recording(path: string): Promise<FoundSources> {
  const opened = await openRecording(path);
  const source: ClusterSource = {
    id: opened.id,
    name: opened.id,
    server: opened.server,
    recordedAt: opened.recordedAt,
    namespace: null,
    open: async () => opened,
  };
  return { sources: [source], current: opened.id };
}

async function demo(log: Logger): Promise<FoundSources> {
  const there = await access(demoBundle).then(
    () => true,
    () => false,
  );
  if (!there) {
    throw new AppError('KUBECONFIG_INVALID', 'There is no usable kubeconfig, and the recorded demo is not in this checkout.', {
      hint: 'Set KUBECONFIG or give --kubeconfig, or open a recording with --bundle FILE.',
    });
  }
  log.info('No usable kubeconfig: showing the recorded demo, read-only.');
  return recording(demoBundle);
}

function unknownContext(name: string, contexts: readonly ClusterContext[]): AppError {
  const known = contexts.map(({ id }) => id).join(', ') || 'none';
  return new AppError('NOT_FOUND', `There is no usable context "${name}" in the kubeconfig.`, { hint: `Contexts: ${known}.` });
}
