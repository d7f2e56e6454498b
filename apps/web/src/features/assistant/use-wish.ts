import { useEffect, useState } from 'react';
import { type AskRequest, takeRequest, useSidebar } from './use-ask.ts';

/** The last thing that somebody elsewhere on the page asked for; null before the first. */
export function useWish(): AskRequest | null {
  const { request } = useSidebar();
  const [wish, setWish] = useState<AskRequest | null>(null);
  useEffect(() => {
    if (request !== null) setWish(takeRequest());
  }, [request]);
  return wish;
}
