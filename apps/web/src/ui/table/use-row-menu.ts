import type { MouseEvent, RefObject } from 'react';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { rowIndexOf } from './row-at.ts';
import { type RowCursor, rowCommand } from './use-row-cursor.ts';

interface MenuRows<Item> {
  itemAt(index: number): Item | undefined;
  menu?: { onMenu(item: Item): void } | undefined;
}

/** Which row the menu is about, before it opens; beside the rows the browser's own menu opens. `m` opens it for the row with the cursor. */
export function useRowMenu<Item>(rows: MenuRows<Item>, scroller: RefObject<HTMLElement | null>, cursor: RowCursor): (event: MouseEvent) => void {
  const messages = useMessages().table.keys;
  const open = () => {
    const row = scroller.current?.querySelector(`tr[data-index="${cursor.index}"]`);
    row?.dispatchEvent(rightClick(row.getBoundingClientRect(), scroller.current?.getBoundingClientRect().left ?? 0));
  };
  useCommands(rows.menu === undefined ? [] : [rowCommand('row-menu', messages.menu, ['m', 'ContextMenu', 'Shift+F10'], open)]);
  return (event) => {
    const index = rowIndexOf(event.target);
    const item = rows.itemAt(index);
    if (rows.menu === undefined) return;
    if (item === undefined) {
      event.stopPropagation();
      return;
    }
    cursor.activate(index);
    rows.menu.onMenu(item);
  };
}

/** A menu opens where its click was: for the keys, below the row's name. */
function rightClick(row: DOMRect, left: number): globalThis.MouseEvent {
  return new globalThis.MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, clientX: left + 48, clientY: row.bottom });
}
