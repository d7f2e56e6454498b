import { type PlanHorizon, planRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

/** The plan for an issue; `userContext` is what the person said about the situation. */
export function usePlan(issueId: string, horizon: PlanHorizon, userContext: string, enabled: boolean) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: ['plan', scope.cluster, issueId, horizon, userContext],
    queryFn: ({ signal }) => api.call(planRoutes.createPlan, { ...scope, issueId, horizon, userContext }, { signal }),
    enabled,
  });
}
