import { type ClusterAccess, type ClusterContext, loadKubeconfig, openCluster, openRecording, systemKubeconfigSources } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';

export interface ConnectOptions {
  /** The kubeconfig file; left out, KUBECONFIG and then ~/.kube/config. */
  kubeconfig?: string;
  /** The context; left out, the current one. */
  context?: string;
  /** A recording (`qd snapshot save`) in place of a cluster. */
  recording?: string;
  signal?: AbortSignal;
}

/** A cluster, or a recording of one. Whoever connects closes it; `await using` does. */
export interface ConnectedCluster extends AsyncDisposable {
  /** The context's name, or the recording's. */
  readonly id: string;
  /** The namespace of the context; null where it names none. */
  readonly namespace: string | null;
  /** ISO 8601; null for a live cluster. */
  readonly recordedAt: string | null;
  /** Kinds, lists, objects, logs: what else can be asked of it. */
  readonly access: ClusterAccess;
  close(): Promise<void>;
}

/** Opens a cluster as kubectl would. Nothing is asked of it yet. Throws VALIDATION_ERROR, KUBECONFIG_INVALID, BUNDLE_INVALID, NOT_FOUND. */
export async function connect({ kubeconfig, context, recording, signal = new AbortController().signal }: ConnectOptions = {}): Promise<ConnectedCluster> {
  if (recording !== undefined) {
    if (kubeconfig !== undefined || context !== undefined) {
      throw new AppError('VALIDATION_ERROR', 'A recording has no kubeconfig and no context.', { hint: 'Name a recording or a cluster, not both.' });
    }
    return connected(await openRecording(recording, { signal }), null);
  }
  const chosen = await contextOf(kubeconfig, context);
  return connected(await openCluster(chosen), chosen.namespace);
}

function connected(access: ClusterAccess, namespace: string | null): ConnectedCluster {
  const close = () => access.close();
  return { id: access.id, namespace, recordedAt: access.recordedAt, access, close, [Symbol.asyncDispose]: close };
}

async function contextOf(file: string | undefined, name: string | undefined): Promise<ClusterContext> {
  const { contexts, currentContext, problems } = await loadKubeconfig({ ...systemKubeconfigSources(), ...(file === undefined ? {} : { file }) });
  const found = contexts.find(({ id }) => id === (name ?? currentContext));
  if (found !== undefined) return found;
  const known = contexts.map(({ id }) => id);
  const [problem] = problems;
  if (problem !== undefined && known.length === 0) throw new AppError('KUBECONFIG_INVALID', `${problem.message}.`, { hint: problem.hint });
  throw new AppError(
    name === undefined ? 'KUBECONFIG_INVALID' : 'NOT_FOUND',
    `The kubeconfig has no ${name === undefined ? 'current context' : `context ${name}`}.`,
    {
      hint: known.length === 0 ? 'Name a kubeconfig, or a recording.' : `Choose one of: ${known.join(', ')}.`,
      details: { known },
    },
  );
}
