import { type FoundObject, resourceRoutes } from '@quarterdeck/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

/** Typing pauses this long before the cluster is asked. Milliseconds. */
const pause = 120;
const fewestLetters = 2;

const none: readonly FoundObject[] = [];

/** Objects of the cluster that fit what is being typed. */
export function useFoundObjects(typed: string) {
  const { api } = useServices();
  const scope = useClusterScope();
  const q = useSettled(typed.trim());
  const wanted = q.length >= fewestLetters;
  const found = useQuery({
    queryKey: ['search', scope.cluster, q],
    queryFn: ({ signal }) => api.call(resourceRoutes.searchObjects, { ...scope, q, limit: 12 }, { signal }),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
  return { items: wanted ? (found.data?.items ?? none) : none, error: wanted ? found.error : null, searching: wanted && found.isFetching };
}

/** The text once it has not changed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
