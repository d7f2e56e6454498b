import { terminalRoutes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServices } from '../../../app/services.ts';
import { terminalClientOf } from '../client/page-client.ts';

export const terminalsKey = ['terminals'];

/** The person's shells; read again whenever one begins, ends or gets a name. */
export function useTerminals() {
  const { api } = useServices();
  const queries = useQueryClient();
  useEffect(() => terminalClientOf(api).onSessions(() => void queries.invalidateQueries({ queryKey: terminalsKey })), [api, queries]);
  return useQuery({ queryKey: terminalsKey, queryFn: ({ signal }) => api.call(terminalRoutes.listTerminals, {}, { signal }), staleTime: 2_000 });
}

/** Ends a shell, with all that runs in it, or forgets one that has ended. */
export function useEndTerminal() {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.call(terminalRoutes.endTerminal, { id }),
    onSettled: () => queries.invalidateQueries({ queryKey: terminalsKey }),
  });
}

export function useRenameTerminal() {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => api.call(terminalRoutes.changeTerminal, { id, name }),
    onSettled: () => queries.invalidateQueries({ queryKey: terminalsKey }),
  });
}
