import type { Column, Row } from '@quarterdeck/contract';
import { ArrowDown, ArrowUp, ArrowUpDown, ChevronDown, ChevronUp, Columns3, Minus, Plus } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles, TextButton } from '../../ui/button.tsx';
import { PopoverButton } from '../../ui/popover-button.tsx';
import { nextSort, sortTerms, type TableColumn } from '../../ui/table/table-column.ts';
import { shifted } from './column-layout.ts';
import { LabelColumnForm } from './label-column-form.tsx';
import type { AskedList } from './read-rows.ts';
import type { TableView } from './use-table-view.ts';

interface ColumnChooserProps {
  /** All that there are. */
  columns: readonly Column[];
  /** Those that are shown, in order. */
  ids: readonly string[];
  /** As they are drawn, with their widths. */
  drawn: readonly TableColumn<Row>[];
  view: TableView;
  list: AskedList;
}

/** Which columns are shown, in which order, how wide, and what the rows are sorted by: all that the header does with the mouse, by keyboard. */
export function ColumnChooser(props: ColumnChooserProps) {
  const messages = useMessages().resources.columns;
  return (
    <PopoverButton
      face={<Columns3 />}
      look={buttonStyles.icon}
      label={messages.choose}
      align="end"
      panel="flex max-h-[min(76vh,36rem)] w-96 max-w-[94vw] flex-col"
      panelLabel={messages.label}
    >
      <Chooser {...props} />
    </PopoverButton>
  );
}

function Chooser({ columns, ids, drawn, view, list }: ColumnChooserProps) {
  const messages = useMessages().resources.columns;
  const shown = drawn.flatMap(({ id }) => columns.find((column) => column.id === id) ?? []);
  const others = columns.filter((column) => !shown.includes(column));
  const inOrder = shown.map(({ id }) => id);
  return (
    <>
      <ul className="min-h-0 overflow-y-auto p-1">
        {[...shown, ...others].map((column) => (
          <ColumnItem
            key={column.id}
            column={column}
            fixed={column.id === inOrder[0]}
            shown={inOrder.includes(column.id)}
            width={drawn.find(({ id }) => id === column.id)?.width ?? null}
            ids={inOrder}
            view={view}
          />
        ))}
      </ul>
      <div className="shrink-0 border-t px-3 py-2">
        <LabelColumnForm list={list} taken={view.labels} onAdd={(id) => view.setIds([...ids, id])} />
        <div className="mt-2 flex items-center gap-3 text-soft text-xs">
          <span className="grow">{messages.keys}</span>
          {view.ids !== undefined && <TextButton onClick={() => view.setIds(undefined)}>{messages.reset}</TextButton>}
        </div>
      </div>
    </>
  );
}

interface ColumnItemProps {
  column: Column;
  /** The name stays first, and is always there. */
  fixed: boolean;
  shown: boolean;
  /** Pixels; null where it is not shown. */
  width: number | null;
  ids: readonly string[];
  view: TableView;
}

const step = 16;

function ColumnItem({ column, fixed, shown, width, ids, view }: ColumnItemProps) {
  const messages = useMessages().resources.columns;
  const { id, label } = column;
  const toggle = () => view.setIds(shown ? ids.filter((each) => each !== id) : [...ids, id]);
  const move = (by: -1 | 1) => view.setIds(shifted(ids, id, by));
  const resize = (by: number) => width !== null && view.setWidth(id, width + by);
  const onKeyDown = (event: KeyboardEvent) => {
    const act = shown ? keyAct(event, { move, resize }) : null;
    if (act === null) return;
    event.preventDefault();
    act();
  };
  const place = ids.indexOf(id);
  return (
    <li className="group flex h-7 items-center gap-0.5 rounded-[4px] px-2 hover:bg-hover" onKeyDown={onKeyDown}>
      <label className="flex min-w-0 grow items-center gap-2">
        <input
          type="checkbox"
          aria-label={messages.show(label)}
          checked={shown}
          disabled={fixed}
          onChange={toggle}
          className="size-3.5 shrink-0 accent-accent-fill"
        />
        <span className="truncate">{label}</span>
        {column.wide && <span className="text-soft text-xs">{messages.wide}</span>}
      </label>
      {shown && (
        <>
          <SortItem column={column} view={view} />
          <Tool label={messages.narrower(label)} onClick={() => resize(-step)} icon={<Minus />} />
          <Tool label={messages.wider(label)} onClick={() => resize(step)} icon={<Plus />} />
          <Tool label={messages.left(label)} onClick={() => move(-1)} icon={<ChevronUp />} disabled={place < 2} />
          <Tool label={messages.right(label)} onClick={() => move(1)} icon={<ChevronDown />} disabled={fixed || place === ids.length - 1} />
        </>
      )}
    </li>
  );
}

function keyAct({ key, altKey }: KeyboardEvent, { move, resize }: { move(by: -1 | 1): void; resize(by: number): void }): (() => void) | null {
  if (altKey && key === 'ArrowUp') return () => move(-1);
  if (altKey && key === 'ArrowDown') return () => move(1);
  if (key === 'ArrowLeft') return () => resize(-step);
  return key === 'ArrowRight' ? () => resize(step) : null;
}

/** With ⇧, the column joins those that the rows are sorted by already. */
function SortItem({ column, view }: { column: Column; view: TableView }) {
  const messages = useMessages().resources.columns;
  const term = sortTerms(view.sort).find(({ id }) => id === column.id);
  const direction = term === undefined ? 'none' : term.descending ? 'descending' : 'ascending';
  const icons = { none: <ArrowUpDown />, ascending: <ArrowUp className="text-ink" />, descending: <ArrowDown className="text-ink" /> };
  return (
    <button
      type="button"
      aria-label={`${messages.sort(column.label)}: ${messages.sorted(direction)}`}
      title={messages.sort(column.label)}
      onClick={(event) => view.setSort(nextSort(view.sort, { id: column.id, descendingFirst: column.type === 'number' }, event.shiftKey))}
      className={toolLook}
    >
      {icons[direction]}
    </button>
  );
}

const toolLook =
  'flex size-6 shrink-0 items-center justify-center rounded-[4px] text-soft hover:bg-selected hover:text-ink disabled:opacity-40 [&_svg]:size-3.5';

function Tool({ label, icon, onClick, disabled = false }: { label: string; icon: ReactNode; onClick(): void; disabled?: boolean }) {
  return (
    <button type="button" aria-label={label} title={label} disabled={disabled} onClick={onClick} className={toolLook}>
      {icon}
    </button>
  );
}
