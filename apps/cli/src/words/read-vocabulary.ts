import type { NamedObject, Vocabulary } from '@quarterdeck/assistant';
import { type ClusterAccess, findBuiltInKind, listAll } from '@quarterdeck/cluster';
import { AppError, type BuiltInKind, refOf } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { withProgress } from '../output/progress.ts';

/** What people call by name. */
const namedKinds: readonly BuiltInKind[] = [
  ...(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod', 'ReplicaSet', 'Service', 'Ingress', 'ConfigMap', 'Secret'] as const),
  ...(['PersistentVolumeClaim', 'Node', 'Namespace', 'HorizontalPodAutoscaler', 'ServiceAccount'] as const),
];

/** The names of a cluster, without what stands behind them. Kinds that may not be listed are left out. */
export function readVocabulary(access: ClusterAccess, { err, signal }: Pick<CommandContext, 'err' | 'signal'>): Promise<Vocabulary> {
  return withProgress(err, `Reading the names of ${access.id}`, async () => {
    const kinds = await access.kinds(signal);
    const lists = await Promise.all(namedKinds.map((kind) => namesOf(access, kind, signal)));
    const objects = lists.flat();
    return { kinds, objects, namespaces: objects.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name), troubled: [] };
  });
}

async function namesOf(access: ClusterAccess, name: BuiltInKind, signal: AbortSignal): Promise<NamedObject[]> {
  const kind = findBuiltInKind(await access.kinds(signal), name);
  if (kind === null) return [];
  try {
    return (await listAll(access, kind, { printed: true, signal })).items.map(refOf);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'FORBIDDEN') return [];
    throw thrown;
  }
}
