import { mcpRoutes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const serversKey = ['mcp servers'];

/** How programs reach this workbench. */
export function useMcpAccess() {
  const { api } = useServices();
  return useQuery({ queryKey: ['mcp access'], queryFn: ({ signal }) => api.call(mcpRoutes.getMcpAccess, {}, { signal }) });
}

/** Servers whose tools the assistant may call. They are asked for it, so not too often. */
export function useMcpServers() {
  const { api } = useServices();
  return useQuery({ queryKey: serversKey, queryFn: ({ signal }) => api.call(mcpRoutes.listMcpServers, {}, { signal }), staleTime: 10_000 });
}

export function useAcceptMcpServer() {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (seen: { name: string; fingerprint: string }) => api.call(mcpRoutes.acceptMcpServer, seen),
    onSuccess: (servers) => queries.setQueryData(serversKey, servers),
    onError: () => queries.invalidateQueries({ queryKey: serversKey }),
  });
}
