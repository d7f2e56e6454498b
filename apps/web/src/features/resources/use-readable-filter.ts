import { type AppError, parseFilter, toAppError } from '@quarterdeck/contract';
import { useMemo, useRef } from 'react';

interface ReadableFilter {
  /** The last text that can be read: the list goes on with it while somebody types the rest of another. */
  filter: string;
  /** Why what is typed can't be read yet. */
  problem: AppError | null;
}

export function useReadableFilter(text: string): ReadableFilter {
  const last = useRef('');
  const problem = useMemo(() => problemOf(text), [text]);
  if (problem === null) last.current = text;
  return { filter: last.current, problem };
}

function problemOf(text: string): AppError | null {
  try {
    parseFilter(text);
    return null;
  } catch (thrown) {
    return toAppError(thrown);
  }
}
