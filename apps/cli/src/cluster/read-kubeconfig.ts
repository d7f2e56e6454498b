import { type Kubeconfig, loadKubeconfig, systemKubeconfigSources } from '@quarterdeck/cluster';

/** The kubeconfig as kubectl would read it, with the files that were uploaded to the workbench. Left out: no file is named. */
export function readKubeconfig(file: string | undefined): Promise<Kubeconfig> {
  return loadKubeconfig({ ...systemKubeconfigSources(), ...(file === undefined ? {} : { file }) });
}
