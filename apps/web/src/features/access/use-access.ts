import { type AccessQuestion, accessRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

/** Rights change seldom; whoever was just granted one asks again. */
const staleTime = 10_000;

export function useAccessRules(namespace: string) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: ['access rules', scope.cluster, namespace],
    queryFn: ({ signal }) => api.call(accessRoutes.listAccessRules, { ...scope, namespace }, { signal }),
    enabled: namespace !== '',
    staleTime,
  });
}

export function useAccessAnswer(question: AccessQuestion) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: ['access', scope.cluster, question],
    queryFn: ({ signal }) => api.call(accessRoutes.checkAccess, { ...scope, ...question }, { signal }),
    staleTime,
  });
}

export function useWhoCan(question: AccessQuestion) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: ['who can', scope.cluster, question],
    queryFn: ({ signal }) => api.call(accessRoutes.listWhoCan, { ...scope, ...question }, { signal }),
    staleTime,
  });
}
