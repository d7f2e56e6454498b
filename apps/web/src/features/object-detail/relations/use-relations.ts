import { type ObjectRef, objectRoutes, type Relations } from '@quarterdeck/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useServices } from '../../../app/services.ts';
import { useClusterScope } from '../../clusters/clusters.tsx';
import { useIssuesFeed } from '../../issues/issues-feed.tsx';
import { kindName } from '../../objects/object-key.ts';

/** What stands around an object; asked for again when the cluster was checked again, so that the states are of now. */
export function useRelations(object: ObjectRef): { relations: Relations | null; error: Error | null; retry(): void } {
  const { api } = useServices();
  const scope = useClusterScope();
  const checkedAt = useIssuesFeed().state?.checkedAt ?? null;
  const { namespace, name } = object;
  const kind = kindName(object);
  const query = useQuery({
    queryKey: ['relations', scope.cluster, kind, namespace, name, checkedAt],
    queryFn: ({ signal }) => api.call(objectRoutes.getRelations, { ...scope, kind, name, ...(namespace === null ? {} : { namespace }) }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 60_000,
  });
  return { relations: query.data ?? null, error: query.error, retry: () => void query.refetch() };
}
