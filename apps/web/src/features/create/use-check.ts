import { type CheckedManifests, editRoutes } from '@quarterdeck/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

/** How long to wait for the next key before the cluster is asked. Milliseconds. */
const quiet = 600;
/** As much as the route takes, in characters. */
export const mostText = 2_000_000;

export interface Check {
  /** Of this text, or while it is asked, of the one before. */
  result: CheckedManifests | null;
  /** Whether the result is that of the text as it is. */
  current: boolean;
  error: Error | null;
  retry(): void;
}

/** What would come of applying the text, asked as one types; an older question is given up. */
export function useCheck(text: string, namespace: string, enabled: boolean): Check {
  const { api } = useServices();
  const scope = useClusterScope();
  const asked = useQuiet(text);
  const on = enabled && asked.trim() !== '' && asked.length <= mostText;
  const check = useQuery({
    // The text may hold a Secret: nothing of it stays when the page is left.
    queryKey: ['check manifests', scope.cluster, namespace, asked],
    queryFn: ({ signal }) => api.call(editRoutes.checkManifests, { ...scope, text: asked, namespace }, { signal }),
    enabled: on,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    gcTime: 0,
    retry: false,
  });
  const current = on && asked === text && !check.isFetching && !check.isPlaceholderData;
  return { result: on ? (check.data ?? null) : null, current, error: on ? check.error : null, retry: () => void check.refetch() };
}

function useQuiet(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), quiet);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
