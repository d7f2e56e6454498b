import { useState } from 'react';
import { always, type Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';

interface CursorRows<Item> {
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
  activate(key: string): void;
}

/** The row that the keys are about. It is kept by the row's key, so that it follows its object when the order changes. */
export function useRowCursor<Item>(rows: CursorRows<Item>, scrollTo: (index: number) => void, page: number): RowCursor {
  const [at, setAt] = useState<{ key: string; index: number } | null>(null);
  const index = at === null ? -1 : locate(rows, at);
  const move = (target: number) => {
    const next = Math.max(0, Math.min(rows.total - 1, target));
    const item = rows.itemAt(next);
    scrollTo(next);
    if (item !== undefined) setAt({ key: rows.keyOf(item), index: next });
  };
  const onCurrent = (act: (item: Item) => void) => () => {
    const item = index < 0 ? undefined : rows.itemAt(index);
    if (item !== undefined) act(item);
  };
  const commands: Command[] = [
    rowCommand('row-down', 'Next row', ['j', 'ArrowDown'], () => move(index + 1)),
    rowCommand('row-up', 'Previous row', ['k', 'ArrowUp'], () => move(index < 0 ? 0 : index - 1)),
    rowCommand('row-page-down', 'One page down', ['PageDown'], () => move(index + page)),
    rowCommand('row-page-up', 'One page up', ['PageUp'], () => move(index - page)),
    rowCommand('row-first', 'First row', ['g g', 'Home'], () => move(0)),
    rowCommand('row-last', 'Last row', ['G', 'End'], () => move(rows.total - 1)),
    rowCommand('row-open', 'Open', ['Enter'], onCurrent(rows.onOpen)),
  ];
  const { onExpand } = rows;
  if (onExpand !== undefined) {
    commands.push(
      rowCommand(
        'row-expand',
        'Expand',
        ['ArrowRight', 'l'],
        onCurrent((item) => onExpand(item, true)),
      ),
      rowCommand(
        'row-collapse',
        'Collapse',
        ['ArrowLeft', 'h'],
        onCurrent((item) => onExpand(item, false)),
      ),
    );
  }
  useCommands(commands);
  const activate = (key: string) => setAt({ key, index: locate(rows, { key, index: 0 }) });
  return { key: index < 0 ? null : (at?.key ?? null), index, activate };
}

/** Where the row is now; near its last place first. -1 where it is gone. */
function locate<Item>(rows: CursorRows<Item>, at: { key: string; index: number }): number {
  const isAt = (index: number) => {
    const item = rows.itemAt(index);
    return item !== undefined && rows.keyOf(item) === at.key;
  };
  if (isAt(at.index)) return at.index;
  for (let index = 0; index < rows.total; index += 1) if (isAt(index)) return index;
  return -1;
}

function rowCommand(id: string, label: string, shortcuts: readonly string[], run: () => void): Command {
  return { id, label, group: 'Here', keywords: [], shortcuts, listed: false, when: always, run };
}
