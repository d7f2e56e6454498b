import { AppError, longestKubeconfig, routes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const queryKey = ['kubeconfigs'];

/** The kubeconfig files, and what a person may do with them. */
export function useKubeconfigs(enabled: boolean) {
  const { api } = useServices();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey });
  const files = useQuery({ queryKey, queryFn: ({ signal }) => api.call(routes.listKubeconfigs, {}, { signal }), enabled, staleTime: 0 });
  const upload = useMutation({
    mutationFn: async (file: File) => api.call(routes.uploadKubeconfig, { name: nameFor(file.name), text: await readSmall(file) }),
    onSettled: refresh,
  });
  const remove = useMutation({ mutationFn: (name: string) => api.call(routes.removeKubeconfig, { name }), onSettled: refresh });
  return { files, upload, remove };
}

/** A file keeps its name as far as it can stand in a path: `config` from a folder is named by its owner anyway. */
export function nameFor(fileName: string): string {
  const name = fileName
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 100);
  return name === '' ? 'kubeconfig' : name;
}

async function readSmall(file: File): Promise<string> {
  if (file.size <= longestKubeconfig) return file.text();
  throw new AppError('PAYLOAD_TOO_LARGE', `${file.name} is too large to be a kubeconfig.`, { hint: 'Choose a YAML file with clusters, users and contexts.' });
}
