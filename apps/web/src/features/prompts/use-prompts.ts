import { type AssistantMemory, assistantRoutes, knowledgeRoutes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const memoryKey = ['assistant memory'];

/** What one told the assistant for all conversations. */
export function useMemoryOfMine() {
  const { api } = useServices();
  return useQuery({ queryKey: memoryKey, queryFn: ({ signal }) => api.call(assistantRoutes.getMemory, {}, { signal }) });
}

export function useSetMemory() {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (memory: AssistantMemory) => api.call(assistantRoutes.setMemory, memory),
    onSuccess: (memory) => queries.setQueryData(memoryKey, memory),
  });
}

/** What the program tells models. */
export function usePrompts() {
  const { api } = useServices();
  return useQuery({
    queryKey: ['prompts'],
    queryFn: ({ signal }) => api.call(knowledgeRoutes.listPrompts, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
