import { useState } from 'react';
import { always, type Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';

export interface CursorRows<Item> {
  total: number;
  itemAt(index: number): Item | undefined;
  keyOf(item: Item): string;
  onOpen(item: Item): void;
  onExpand?(item: Item, expanded: boolean): void;
}

export interface RowCursor {
  key: string | null;
  /** -1 where no row has the cursor. */
  index: number;
  /** Where it stood last, though the row may be gone or out of the window; -1 before it stood anywhere. */
  place: number;
  moveTo(index: number): void;
  activate(index: number): void;
}

/** The row that the keys are about. It is kept by the row's key, so that it follows its object when the order changes. */
export function useRowCursor<Item>(rows: CursorRows<Item>, scrollTo: (index: number) => void, page: number): RowCursor {
  const messages = useMessages().table.keys;
  const [at, setAt] = useState<{ key: string; index: number } | null>(null);
  const index = at === null ? -1 : locate(rows, at);
  const place = index < 0 ? (at?.index ?? -1) : index;
  const activate = (target: number) => {
    const item = rows.itemAt(target);
    if (item !== undefined) setAt({ key: rows.keyOf(item), index: target });
  };
  const moveTo = (target: number) => {
    const next = Math.max(0, Math.min(rows.total - 1, target));
    scrollTo(next);
    activate(next);
  };
  const onCurrent = (act: (item: Item) => void) => () => {
    const item = index < 0 ? undefined : rows.itemAt(index);
    if (item !== undefined) act(item);
  };
  const commands: Command[] = [
    rowCommand('row-down', messages.down, ['j', 'ArrowDown'], () => moveTo(place + 1)),
    rowCommand('row-up', messages.up, ['k', 'ArrowUp'], () => moveTo(place < 0 ? 0 : place - 1)),
    rowCommand('row-page-down', messages.pageDown, ['PageDown'], () => moveTo(place + page)),
    rowCommand('row-page-up', messages.pageUp, ['PageUp'], () => moveTo(place - page)),
    rowCommand('row-first', messages.first, ['g g', 'Home'], () => moveTo(0)),
    rowCommand('row-last', messages.last, ['G', 'End'], () => moveTo(rows.total - 1)),
    rowCommand('row-open', messages.open, ['Enter'], onCurrent(rows.onOpen)),
  ];
  const { onExpand } = rows;
  if (onExpand !== undefined) {
    const expand = (expanded: boolean) => onCurrent((item) => onExpand(item, expanded));
    commands.push(rowCommand('row-expand', messages.expand, ['ArrowRight'], expand(true)));
    commands.push(rowCommand('row-collapse', messages.collapse, ['ArrowLeft'], expand(false)));
  }
  useCommands(commands);
  return { key: index < 0 ? null : (at?.key ?? null), index, place, moveTo, activate };
}

/** How far from its last place a row is looked for: what moved further has left the window. */
const reach = 400;

/** Where the row is now; near its last place first. -1 where it is gone. */
function locate<Item>(rows: CursorRows<Item>, at: { key: string; index: number }): number {
  const isAt = (index: number) => {
    const item = rows.itemAt(index);
    return item !== undefined && rows.keyOf(item) === at.key;
  };
  if (isAt(at.index)) return at.index;
  for (let distance = 1; distance <= reach; distance += 1) {
    if (isAt(at.index - distance)) return at.index - distance;
    if (isAt(at.index + distance)) return at.index + distance;
  }
  return -1;
}

export function rowCommand(id: string, label: string, shortcuts: readonly string[], run: () => void): Command {
  return { id, label, group: 'here', keywords: [], shortcuts, listed: false, when: always, run };
}
