import { type Act, auditRoutes, type ObjectRef, objectRoutes, type TimelineEntry } from '@quarterdeck/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useServices } from '../../../app/services.ts';
import { useClusterScope } from '../../clusters/clusters.tsx';
import { useIssuesFeed } from '../../issues/issues-feed.tsx';
import { kindName } from '../../objects/object-key.ts';
import { useMay } from '../../session/session.tsx';

const mostActs = 50;

export interface History {
  /** Null until they were read. */
  entries: readonly TimelineEntry[] | null;
  /** What was done to it through the workbench; null until read, and for who may not read the audit. */
  acts: readonly Act[] | null;
  mayReadActs: boolean;
  error: Error | null;
  retry(): void;
}

/** What happened to an object: as the cluster still says, and as the workbench wrote it down. `version` asks for both anew. */
export function useHistory(object: ObjectRef, version: string): History {
  const { api } = useServices();
  const scope = useClusterScope();
  const mayReadActs = useMay('audit.read');
  const checkedAt = useIssuesFeed().state?.checkedAt ?? null;
  const { kind, name, namespace } = object;
  const place = namespace === null ? {} : { namespace };
  const told = useQuery({
    queryKey: ['object history', scope.cluster, kindName(object), namespace, name, checkedAt],
    queryFn: ({ signal }) => api.call(objectRoutes.getObjectHistory, { ...scope, kind: kindName(object), name, ...place }, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const acts = useQuery({
    queryKey: ['acts', 'of object', scope.cluster, kind, namespace, name, version],
    queryFn: ({ signal }) => api.call(auditRoutes.listActs, { ...scope, kind, name, ...place, limit: mostActs }, { signal }),
    enabled: mayReadActs,
    placeholderData: keepPreviousData,
    staleTime: 2_000,
    gcTime: 60_000,
  });
  return {
    entries: told.data ?? null,
    acts: acts.data?.acts ?? null,
    mayReadActs,
    error: told.error ?? acts.error,
    retry() {
      void told.refetch();
      void acts.refetch();
    },
  };
}
