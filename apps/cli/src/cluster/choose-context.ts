import { type ClusterContext, loadKubeconfig, systemKubeconfigSources } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';

/** The context of this name, or the current one. Credential plug-ins may ask the person at the terminal. Throws KUBECONFIG_INVALID, NOT_FOUND. */
export async function chooseContext(file: string | undefined, name: string | undefined): Promise<ClusterContext> {
  const terminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const { contexts, currentContext, problems } = await loadKubeconfig({ ...systemKubeconfigSources(), terminal, ...(file === undefined ? {} : { file }) });
  const wanted = name ?? currentContext;
  const found = contexts.find((context) => context.id === wanted);
  if (found !== undefined) return found;
  const known = contexts.map((context) => context.id);
  if (name !== undefined && known.length > 0) {
    throw new AppError('NOT_FOUND', `The kubeconfig has no usable context ${name}.`, { hint: `Choose one of: ${known.join(', ')}.`, details: { known } });
  }
  const [problem] = problems;
  if (problem !== undefined) throw new AppError('KUBECONFIG_INVALID', `${problem.message}.`, { hint: problem.hint });
  if (known.length > 0)
    throw new AppError('KUBECONFIG_INVALID', 'The kubeconfig has no current context.', { hint: `Choose one with --context: ${known.join(', ')}.` });
  throw new AppError('KUBECONFIG_INVALID', 'There is no kubeconfig.', {
    hint: 'Name one with --kubeconfig or KUBECONFIG, start a cluster with `qd sandbox up`, or look at the recorded demo with `qd`.',
  });
}
