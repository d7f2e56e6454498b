import { routes } from '@quarterdeck/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';

/** One issue with everything; read again whenever the live feed says that it changed or left. */
export function useIssue(id: string) {
  const { api } = useServices();
  const scope = useClusterScope();
  const queries = useQueryClient();
  const { state } = useIssuesFeed();
  useEffect(() => {
    if (!state?.touched.has(id)) return;
    void queries.invalidateQueries({ queryKey: ['issue', scope.cluster, id] });
    void queries.invalidateQueries({ queryKey: ['plan', scope.cluster, id] });
  }, [state, id, scope.cluster, queries]);
  return useQuery({
    queryKey: ['issue', scope.cluster, id],
    queryFn: ({ signal }) => api.call(routes.getIssue, { ...scope, id }, { signal }),
  });
}
