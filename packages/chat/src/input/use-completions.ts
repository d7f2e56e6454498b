import { useEffect, useState } from 'react';
import { type Completion, useChat } from '../chat-context.tsx';
import type { Mention } from './mention.ts';

/** Typing pauses this long before anybody is asked. Milliseconds. */
const pause = 120;

export interface Completions {
  items: readonly Completion[];
  searching: boolean;
  /** The one that Enter takes. */
  at: number;
  move(by: number): void;
}

const none: readonly Completion[] = [];

/** What could be meant by a mention; nothing without one, or where the host finds nothing by name. */
export function useCompletions(mention: Mention | null): Completions {
  const { complete } = useChat().parts;
  const [found, setFound] = useState<{ typed: string; items: readonly Completion[] }>({ typed: '', items: none });
  const [at, setAt] = useState(0);
  const typed = mention?.typed ?? '';
  useEffect(() => {
    if (complete === undefined || typed === '') return;
    const ending = new AbortController();
    const timer = setTimeout(() => {
      complete(typed, ending.signal)
        .then((items) => {
          if (ending.signal.aborted) return;
          setFound({ typed, items });
          setAt(0);
        })
        .catch((thrown: unknown) => {
          if (!ending.signal.aborted) console.warn('Nothing could be found by name.', thrown);
        });
    }, pause);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [complete, typed]);
  const items = typed === '' || complete === undefined ? none : found.items;
  return { items, searching: typed !== '' && found.typed !== typed, at, move: (by) => setAt((before) => Math.max(0, Math.min(items.length - 1, before + by))) };
}
