import { type CellValues, resourceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import type { AskedList } from './read-rows.ts';

const nothing: CellValues = { values: [], more: false };

/** What the rows have in a column or a label: see `listCellValues`. Nothing is asked while `of` is null. */
export function useCellValues(
  { cluster, kind, namespaces }: Pick<AskedList, 'cluster' | 'kind' | 'namespaces'>,
  of: string | null,
  search: string,
): CellValues {
  const { api } = useServices();
  const input = {
    kind,
    search,
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespaces.length === 0 ? {} : { namespace: namespaces.join(',') }),
  };
  const query = useQuery({
    queryKey: ['cell values', input, of],
    queryFn: ({ signal }) => (of === null ? nothing : api.call(resourceRoutes.listCellValues, { ...input, of }, { signal })),
    enabled: of !== null,
    staleTime: 10_000,
    retry: false,
    // Of the same column, until the narrower answer comes.
    placeholderData: (before, query) => (query?.queryKey[2] === of ? before : undefined),
  });
  return of === null ? nothing : (query.data ?? nothing);
}
