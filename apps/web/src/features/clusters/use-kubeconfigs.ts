import { AppError, clusterRoutes, longestKubeconfig } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { type Messages, useMessages } from '../../messages/language.ts';

const queryKey = ['kubeconfigs'];

/** The kubeconfig files, and what a person may do with them. */
export function useKubeconfigs(enabled: boolean) {
  const messages = useMessages().clusters;
  const { api } = useServices();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey });
  const files = useQuery({ queryKey, queryFn: ({ signal }) => api.call(clusterRoutes.listKubeconfigs, {}, { signal }), enabled, staleTime: 0 });
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const taken = files.data?.files.flatMap(({ name }) => name ?? []) ?? [];
      return api.call(clusterRoutes.uploadKubeconfig, { name: nameFor(file.name, taken), text: await readSmall(file, messages) });
    },
    onSettled: refresh,
  });
  const remove = useMutation({ mutationFn: (name: string) => api.call(clusterRoutes.removeKubeconfig, { name }), onSettled: refresh });
  return { files, upload, remove };
}

/** A file keeps its name as far as it can stand in a path; where that is taken (every kubeconfig is called `config`), it gets a number. */
export function nameFor(fileName: string, taken: readonly string[]): string {
  const plain =
    fileName
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 90) || 'kubeconfig';
  const names = Array.from({ length: taken.length + 1 }, (_, index) => (index === 0 ? plain : `${plain}-${index + 1}`));
  return names.find((name) => !taken.includes(name)) ?? plain;
}

async function readSmall(file: File, messages: Messages['clusters']): Promise<string> {
  if (file.size <= longestKubeconfig) return file.text();
  throw new AppError('PAYLOAD_TOO_LARGE', messages.tooLarge(file.name), { hint: messages.tooLargeHint });
}
