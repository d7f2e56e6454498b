import { type AppError, resourceRoutes, toAppError } from '@quarterdeck/contract';
import { type QueryFunction, type QueryKey, useQueries } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { kindName } from '../objects/object-key.ts';
import type { ActionTarget } from './object-action.ts';

type Plain = Readonly<Record<string, unknown>>;

interface ObjectQuery {
  queryKey: QueryKey;
  queryFn: QueryFunction<{ object: Record<string, unknown>; yaml: string }>;
}

/** One object, under the key that everybody reads it by. */
export function objectQuery(api: ApiClient, scope: { cluster?: string }, { object }: ActionTarget): ObjectQuery {
  const { namespace, name } = object;
  const kind = kindName(object);
  return {
    queryKey: ['object', scope.cluster, kind, namespace, name],
    queryFn: ({ signal }) => api.call(resourceRoutes.getResource, { ...scope, kind, name, ...(namespace === null ? {} : { namespace }) }, { signal }),
  };
}

export interface ReadObjects {
  /** In the order of the targets; null until all were read. */
  objects: readonly Plain[] | null;
  error: AppError | null;
  retry(): void;
}

/** What the targets are now: a form shows it beside what it asks for. */
export function useObjects(targets: readonly ActionTarget[]): ReadObjects {
  const { api } = useServices();
  const scope = useClusterScope();
  const results = useQueries({ queries: targets.map((target) => ({ ...objectQuery(api, scope, target), staleTime: 0 })) });
  const failed = results.find(({ error }) => error !== null);
  const objects = results.flatMap(({ data }) => (data === undefined ? [] : [data.object]));
  return {
    objects: objects.length === targets.length ? objects : null,
    error: failed === undefined ? null : toAppError(failed.error),
    retry: () => {
      for (const { error, refetch } of results) if (error !== null) void refetch();
    },
  };
}
