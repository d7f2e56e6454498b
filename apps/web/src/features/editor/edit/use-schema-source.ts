import { editRoutes } from '@quarterdeck/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { useClusterScope } from '../../clusters/clusters.tsx';
import { createSchemaSource, type SchemaSource } from '../code/schema-source.ts';

/** Schemas change when somebody installs or changes a definition. Milliseconds. */
const fresh = 5 * 60_000;

/** The schemas of the selected cluster, one kind at a time. */
export function useSchemaSource(): SchemaSource {
  const { api } = useServices();
  const scope = useClusterScope();
  const queries = useQueryClient();
  return useMemo(
    () =>
      createSchemaSource((apiVersion, kind) =>
        queries.fetchQuery({
          queryKey: ['schema', scope.cluster, apiVersion, kind],
          queryFn: ({ signal }) => api.call(editRoutes.getKindSchema, { ...scope, apiVersion, kind }, { signal }),
          staleTime: fresh,
        }),
      ),
    [api, scope, queries],
  );
}

/** The schema of one kind, once it is read, and why there is none. */
export function useKindSchema(schemas: SchemaSource, apiVersion: string, kind: string) {
  const [, setRead] = useState(0);
  useEffect(() => schemas.onRead(() => setRead((count) => count + 1)), [schemas]);
  return { schema: schemas.get(apiVersion, kind), problem: schemas.problem(apiVersion, kind) };
}
