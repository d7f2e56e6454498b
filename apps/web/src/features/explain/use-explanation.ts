import { explainRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import type { ExplainedWord } from './explained.tsx';

const longest = 2_000;

/** What the engine knows of a word; it knows the same for as long as the page stands. */
export function useExplanation({ as, what }: Pick<ExplainedWord, 'as' | 'what'>) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['explanation', as, what],
    queryFn: ({ signal }) => api.call(explainRoutes.explain, { as, what: what.slice(0, longest) }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
