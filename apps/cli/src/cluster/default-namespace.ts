import { chooseContext } from './choose-context.ts';
import type { ClusterChoice } from './cluster-options.ts';

/** The namespace of the chosen context, as kubectl takes it where none is given. Throws as `chooseContext` does. */
export async function defaultNamespace({ kubeconfig, context, bundle }: ClusterChoice): Promise<string> {
  return bundle === undefined ? ((await chooseContext(kubeconfig, context)).namespace ?? 'default') : 'default';
}
