import { useCallback, useRef, useState } from 'react';
import { type HeldRows, holdOrder, type ListedRows } from './hold-order.ts';

interface Held<Item> {
  /** Null while there is no list yet. */
  shown: HeldRows<Item> | null;
  /** Shows the order of now once, though the pointer is still there. */
  letGo(): void;
  onPointer(inside: boolean): void;
}

/** Keeps the order of a live list still for as long as the pointer is over its rows, or `busy` says that somebody works with them. */
export function useHeldRows<Item>(live: ListedRows<Item> | null, busy = false): Held<Item> {
  const frozen = useRef<ListedRows<Item> | null>(null);
  const [pointed, onPointer] = useState(false);
  const [, rerender] = useState(0);
  const letGo = useCallback(() => {
    frozen.current = null;
    rerender((n) => n + 1);
  }, []);
  const shown = live === null ? null : holdOrder(pointed || busy ? frozen.current : null, live);
  frozen.current = shown;
  return { shown, letGo, onPointer };
}
