import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClusterContext, loadKubeconfig, openBundle, openCluster, systemKubeconfigSources } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import type { Logger } from 'pino';
import type { ServerOptions } from '../config/options.ts';
import type { ClusterSources } from './cluster-registry.ts';
import type { ClusterSource } from './cluster-source.ts';

/** The recording that is shown where no kubeconfig is found. */
export const demoBundle = join(import.meta.dirname, '..', '..', 'demo', 'demo.qdb');

/** The clusters to offer: the recording that was asked for, the kubeconfig's contexts, or the demo where there are none. */
export async function findClusterSources(options: Pick<ServerOptions, 'bundle' | 'kubeconfig' | 'context'>, log: Logger): Promise<ClusterSources> {
  if (options.bundle !== null) return recording(options.bundle);
  const file = options.kubeconfig === null ? {} : { file: options.kubeconfig };
  const { contexts, currentContext, problems } = await loadKubeconfig({ ...systemKubeconfigSources(), ...file });
  for (const problem of problems) log.warn({ file: problem.file, line: problem.line, hint: problem.hint }, problem.message);
  if (options.context !== null && !contexts.some(({ id }) => id === options.context)) throw unknownContext(options.context, contexts);
  if (contexts.length > 0) return { sources: contexts.map(liveSource), current: options.context ?? currentContext };
  if (options.kubeconfig !== null) {
    throw new AppError('KUBECONFIG_INVALID', problems[0]?.message ?? `${options.kubeconfig} has no usable context.`, {
      hint: problems[0]?.hint ?? 'Check the file.',
    });
  }
  return demo(log);
}

function liveSource(context: ClusterContext): ClusterSource {
  const { id, server, namespace } = context;
  return { id, name: id, server, recordedAt: null, namespace, open: () => openCluster(context) };
}

async function recording(path: string): Promise<ClusterSources> {
  const opened = await openBundle(path);
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

async function demo(log: Logger): Promise<ClusterSources> {
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
