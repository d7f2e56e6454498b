import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type HeldRows, holdOrder, type ListedRows } from './hold-order.ts';
import { type LeavingRow, leavingTime, rowsThatLeft, withLeaving } from './leaving-rows.ts';

interface Held<Item> {
  /** Null while there is no list yet. */
  shown: HeldRows<Item> | null;
  /** Shows the order of now once, though the pointer is still there. */
  letGo(): void;
  onPointer(inside: boolean): void;
}

/**
 * Keeps the order of a live list still for as long as the pointer is over its rows, or `busy` says that somebody works
 * with them. Where nothing is held, a row that leaves fades.
 */
export function useHeldRows<Item>(live: ListedRows<Item> | null, busy = false): Held<Item> {
  const frozen = useRef<ListedRows<Item> | null>(null);
  const [pointed, onPointer] = useState(false);
  const [, rerender] = useState(0);
  const letGo = useCallback(() => {
    frozen.current = null;
    rerender((n) => n + 1);
  }, []);
  const isHeld = pointed || busy;
  const held = live === null ? null : holdOrder(isHeld ? frozen.current : null, live);
  frozen.current = held;
  const leaving = useLeaving(isHeld ? null : live);
  return { shown: held === null ? null : withLeaving(held, leaving), letGo, onPointer };
}

/** The rows that left a moment ago; none while the order is held, which keeps them anyway. */
function useLeaving<Item>(live: ListedRows<Item> | null): readonly LeavingRow<Item>[] {
  const before = useRef<ListedRows<Item> | null>(null);
  const [leaving, setLeaving] = useState<readonly LeavingRow<Item>[]>([]);
  // Before it is painted: a row that vanished and came back would make the others jump.
  useLayoutEffect(() => {
    const left = live === null ? [] : rowsThatLeft(before.current, live);
    before.current = live;
    if (left.length > 0) setLeaving((others) => [...others, ...left]);
  }, [live]);
  useEffect(() => {
    if (leaving.length === 0) return;
    const timer = setTimeout(() => setLeaving([]), leavingTime);
    return () => clearTimeout(timer);
  }, [leaving]);
  return live === null ? none : leaving;
}

const none: readonly never[] = [];
