import { type ListedModel, type ModelSetup, modelRoutes, type ProviderChange, type ProviderTest } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const setupKey = ['model setup'];

/** The providers of models, and the models that are asked. */
export function useSetup(wanted = true) {
  const { api } = useServices();
  return useQuery({ queryKey: setupKey, queryFn: ({ signal }) => api.call(modelRoutes.getModelSetup, {}, { signal }), enabled: wanted, staleTime: 5_000 });
}

/** What was changed is answered with all that is set up then. */
function useSetupChange<Input>(change: (input: Input) => Promise<ModelSetup>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (setup) => {
      queries.setQueryData(setupKey, setup);
      void queries.invalidateQueries({ queryKey: ['offered models'] });
    },
  });
}

export function useChoose() {
  const { api } = useServices();
  return useSetupChange((choice: ModelSetup['choice']) => api.call(modelRoutes.chooseModels, choice));
}

export function useSetPrice() {
  const { api } = useServices();
  return useSetupChange((input: { model: string; price: { input: number; output: number } | null }) => api.call(modelRoutes.setModelPrice, input));
}

export function useChangeProvider() {
  const { api } = useServices();
  return useSetupChange((input: { id: string } & ProviderChange) => api.call(modelRoutes.changeProvider, input));
}

export function useRemoveProvider() {
  const { api } = useServices();
  return useSetupChange((id: string) => api.call(modelRoutes.removeProvider, { id }));
}

export function useSetKey() {
  const { api } = useServices();
  return useSetupChange((input: { id: string; key: string; place: 'store' | 'keychain' }) => api.call(modelRoutes.setProviderKey, input));
}

export function useRemoveKey() {
  const { api } = useServices();
  return useSetupChange((id: string) => api.call(modelRoutes.removeProviderKey, { id }));
}

export function useTestProvider() {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string): Promise<ProviderTest> => api.call(modelRoutes.testProvider, { id }),
    onSettled: () => queries.invalidateQueries({ queryKey: setupKey }),
  });
}

/** The models of a provider as it tells them; asked for only where somebody wants to see them. */
export function useProviderModels(id: string, near: string, wanted: boolean) {
  const { api } = useServices();
  return useQuery<{ models: ListedModel[]; near: string[] }>({
    queryKey: ['provider models', id, near],
    queryFn: ({ signal }) => api.call(modelRoutes.listProviderModels, { id, near }, { signal }),
    enabled: wanted,
    retry: false,
    staleTime: 60_000,
  });
}

/** Programs of the server's machine that run models. */
export function useLocalPrograms() {
  const { api } = useServices();
  return useQuery({
    queryKey: ['local programs'],
    queryFn: ({ signal }) => api.call(modelRoutes.findLocalModels, {}, { signal }),
    staleTime: 30_000,
  });
}
