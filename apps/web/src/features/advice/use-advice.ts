import { type AdviceCheck, adviceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

/** What the checks say of the cluster as it was when this was asked; advice does not hurry. */
export function useAdvice(policy: boolean) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: ['advice', scope.cluster, policy],
    queryFn: ({ signal }) => api.call(adviceRoutes.listAdvice, { ...scope, policy: policy ? 'true' : 'false' }, { signal }),
    staleTime: 30_000,
    enabled: scope.cluster !== undefined,
  });
}

/** What is known of each check, by its code. */
export function useAdviceChecks(): ReadonlyMap<string, AdviceCheck> {
  const { api } = useServices();
  const { data } = useQuery({
    queryKey: ['advice checks'],
    queryFn: ({ signal }) => api.call(adviceRoutes.listAdviceChecks, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => new Map(data?.map((check) => [check.code, check])), [data]);
}
