import { type ActFilter, auditRoutes } from '@quarterdeck/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const pageSize = 200;
const firstPage: number | null = null;

/** What was done, newest first; further back as one scrolls. */
export function useActs(filter: ActFilter) {
  const { api } = useServices();
  return useInfiniteQuery({
    queryKey: ['acts', filter],
    initialPageParam: firstPage,
    queryFn: ({ signal, pageParam }) =>
      api.call(auditRoutes.listActs, { ...filter, limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) }, { signal }),
    getNextPageParam: ({ next }) => next,
    staleTime: 5_000,
  });
}

/** Whether every row is as it was written. */
export function useVerified() {
  const { api } = useServices();
  return useQuery({ queryKey: ['acts', 'verified'], queryFn: ({ signal }) => api.call(auditRoutes.verifyAudit, {}, { signal }) });
}
