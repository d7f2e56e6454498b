import type { MouseEvent } from 'react';
import { rowIndexOf } from './row-at.ts';
import type { RowCursor } from './use-row-cursor.ts';
import type { Selecting } from './use-selecting.ts';

interface PointedRows<Item> {
  itemAt(index: number): Item | undefined;
  onOpen(item: Item): void;
  onPointer?(inside: boolean): void;
  selection?: object | undefined;
}

/** What the mouse does to rows: a click opens, on the checkbox it chooses, with ⇧ it draws a range, with ⌘ or Ctrl it adds. */
export function useRowPointer<Item>(rows: PointedRows<Item>, cursor: RowCursor, selecting: Selecting) {
  const onClick = (event: MouseEvent) => {
    const index = rowIndexOf(event.target);
    const item = rows.itemAt(index);
    if (item === undefined || !(event.target instanceof Element)) return;
    const canSelect = rows.selection !== undefined;
    if (canSelect && event.shiftKey) {
      event.preventDefault();
      selecting.extendTo(index);
      return;
    }
    cursor.activate(index);
    if (event.target.closest('[data-choice]') !== null) selecting.toggle(index);
    else if (event.target.closest('a, button, input') !== null) return;
    else if (canSelect && (event.metaKey || event.ctrlKey)) selecting.toggle(index);
    else rows.onOpen(item);
  };
  /** The keys stay with the table, and no text is marked while a range is drawn. */
  const onMouseDown = (event: MouseEvent) => {
    const onChoice = event.target instanceof Element && event.target.closest('[data-choice]') !== null;
    if (onChoice || (event.shiftKey && rows.selection !== undefined)) event.preventDefault();
  };
  return {
    onClick,
    onMouseDown,
    onPointerEnter: () => rows.onPointer?.(true),
    onPointerLeave: () => rows.onPointer?.(false),
  };
}
