import { useRef } from 'react';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import type { TableSelection } from './table-selection.ts';
import { type CursorRows, type RowCursor, rowCommand } from './use-row-cursor.ts';

export interface Selecting {
  toggle(index: number): void;
  /** From where a range began, else from the row with the cursor, to this row. */
  extendTo(index: number): void;
}

/** Choosing rows by pointer and keys: `x` one, ⇧ and a move a range, ⌘A all, Esc none. */
export function useSelecting<Item>(rows: CursorRows<Item>, selection: TableSelection<Item> | undefined, cursor: RowCursor): Selecting {
  const messages = useMessages().table.keys;
  /** The row at which the range begins, and the one up to which it was drawn last. */
  const range = useRef<{ anchor: number; end: number } | null>(null);
  const selecting: Selecting = {
    toggle(index) {
      const item = rows.itemAt(index);
      if (item === undefined || selection === undefined) return;
      selection.toggle(item);
      range.current = { anchor: index, end: index };
    },
    extendTo(target) {
      if (selection === undefined || rows.total === 0) return;
      const index = Math.max(0, Math.min(rows.total - 1, target));
      const drawn = range.current?.end === cursor.place ? range.current : null;
      const anchor = drawn?.anchor ?? (cursor.place < 0 ? index : cursor.place);
      if (drawn === null) selection.begin();
      range.current = { anchor, end: index };
      const offset = Math.min(anchor, index);
      selection.extend(
        offset,
        Array.from({ length: Math.abs(index - anchor) + 1 }, (_, place) => rows.itemAt(offset + place)),
      );
      cursor.moveTo(index);
    },
  };
  const whenAny: Command['when'] = ({ drawer }) => !drawer && selection !== undefined && selection.size > 0;
  useCommands(
    selection !== undefined
      ? [
          rowCommand('row-select', messages.toggle, ['x', 'Space'], () => selecting.toggle(cursor.index)),
          rowCommand('row-select-down', messages.extendDown, ['Shift+ArrowDown'], () => selecting.extendTo(cursor.place + 1)),
          rowCommand('row-select-up', messages.extendUp, ['Shift+ArrowUp'], () => selecting.extendTo(cursor.place - 1)),
          rowCommand('row-select-all', messages.all, ['Mod+a'], () => selection.selectAll()),
          { ...rowCommand('row-select-none', messages.clear, ['Escape'], () => selection.clear()), when: whenAny },
        ]
      : none,
  );
  return selecting;
}

const none: readonly Command[] = [];
