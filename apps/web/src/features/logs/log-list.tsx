import { ContextMenu } from '@base-ui/react/context-menu';
import { ArrowDown } from 'lucide-react';
import { type ClipboardEvent, type MouseEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { ExplainLine } from './explain-line.tsx';
import { LineMenuButton, LineMenuItems, type Picked } from './line-menu.tsx';
import { sourceKey } from './log-line.ts';
import { LogRow, type RowForm } from './log-row.tsx';
import { useLogView } from './log-view-context.ts';
import { rawText } from './use-line-actions.ts';
import { capacity } from './use-log-feed.ts';
import { lineHeight } from './use-log-scroll.ts';

/** The lines: only those on screen are in the page, however many there are. */
export function LogList({ label }: { label: string }) {
  const { lines, scroll, cursor, facts } = useLogView();
  const messages = useMessages().logs.list;
  const [picked, setPicked] = useState<Picked>({ text: '', field: null });
  const id = useId();
  const rows = scroll.virtualizer.getVirtualItems();
  const form = useRowForm();
  const scrolls = scroll.virtualizer.getTotalSize() > (scroll.scroller.current?.clientHeight ?? 0);
  const onContextMenu = (event: MouseEvent) => {
    const index = rowIndexOf(event.target);
    setPicked(pickedAt(event.target));
    if (index >= 0 && (index < cursor.first || index > cursor.last)) cursor.to(index);
  };
  const onCopy = (event: ClipboardEvent) => {
    const chosen = copiedRows();
    if (chosen === null && (cursor.index < 0 || String(getSelection()) !== '')) return;
    const [first, last] = chosen ?? [cursor.first, cursor.last];
    event.clipboardData.setData('text/plain', rawText(lines.slice(first, last + 1)));
    event.preventDefault();
  };
  return (
    <div className="relative flex min-h-0 grow flex-col">
      {facts.trimmed > 0 && <Word text={messages.trimmed(facts.trimmed, capacity)} />}
      <ContextMenu.Root>
        <ContextMenu.Trigger
          ref={scroll.scroller}
          className="min-h-0 grow overflow-auto bg-surface font-mono text-code"
          onScroll={scroll.onScroll}
          onContextMenu={onContextMenu}
          onCopy={onCopy}
        >
          <table
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows have a cursor and a selection.
            role="grid"
            aria-label={label}
            aria-rowcount={lines.length + 1}
            aria-multiselectable="true"
            aria-activedescendant={rows.some(({ index }) => index === cursor.index) ? `${id}-${cursor.index}` : undefined}
            tabIndex={0}
            data-log-lines=""
            className="block outline-offset-[-2px]"
          >
            <LogHeader form={form} />
            <tbody className="relative block" style={{ height: scroll.virtualizer.getTotalSize() }}>
              {rows.map(({ index, key, start }) => (
                <Row key={key} id={`${id}-${index}`} index={index} start={start} form={form} picked={picked} />
              ))}
            </tbody>
          </table>
        </ContextMenu.Trigger>
        <LineContextMenu picked={picked} />
      </ContextMenu.Root>
      {facts.stopped && <Word text={messages.stopped(capacity)} />}
      {!scroll.following && scrolls && <ToEnd />}
    </div>
  );
}

/** On a right click; on the selected lines where it is on one of them. */
function LineContextMenu({ picked }: { picked: Picked }) {
  const { lines, cursor, actions } = useLogView();
  return (
    <ContextMenu.Portal>
      <ContextMenu.Positioner className="z-50">
        <ContextMenu.Popup className={floating.menu}>
          <LineMenuItems picked={picked} lines={lines.slice(Math.max(0, cursor.first), cursor.last + 1)} actions={actions} />
        </ContextMenu.Popup>
      </ContextMenu.Positioner>
    </ContextMenu.Portal>
  );
}

function Word({ text }: { text: string }) {
  return <p className="shrink-0 border-line border-y bg-sunken px-3 py-0.5 text-soft text-xs">{text}</p>;
}

function Row({ id, index, start, form, picked }: { id: string; index: number; start: number; form: RowForm; picked: Picked }) {
  const { lines, names, marks, expanded, cursor, actions, scroll } = useLogView();
  const line = lines[index];
  if (line === undefined) return null;
  const selected = index >= cursor.first && index <= cursor.last && cursor.index >= 0;
  const active = index === cursor.index;
  return (
    <tr
      ref={scroll.virtualizer.measureElement}
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`group absolute top-0 left-0 flex min-w-full items-start ${form.wrap ? 'w-full' : 'w-max'} ${selected ? 'bg-selected' : 'hover:bg-hover'}`}
      style={{ transform: `translateY(${start}px)`, minHeight: lineHeight }}
      onClick={(event) => {
        if (String(getSelection()) === '' || event.shiftKey) cursor.to(index, event.shiftKey);
      }}
    >
      <LogRow
        line={line}
        name={names.get(sourceKey(line))}
        form={form}
        marked={marks.ids.has(line.id)}
        expanded={expanded.has(line.id)}
        selected={selected}
        onExpand={actions.toggleExpanded}
      />
      {active && line.marker === null && <ExplainLine line={line} />}
      {active && line.marker === null && <LineMenuButton picked={picked} lines={lines.slice(cursor.first, cursor.last + 1)} actions={actions} />}
    </tr>
  );
}

/** Letters. */
const widestSource = 24;

function useRowForm(): RowForm {
  const { subject, find, names, lines } = useLogView();
  const isNarrow = useMedia(narrow);
  const { time, fields, wrap } = subject;
  const shownTime = isNarrow ? 'off' : time;
  const sourceWidth = names.size < 2 ? 0 : Math.min(widestSource, Math.max(...[...names.values()].map(({ short }) => short.length)));
  const wideTime = time !== 'relative' && isOfAnotherDay(lines.find((line) => line.time !== '')?.time);
  return useMemo(
    () => ({ time: shownTime, wideTime, fields, wrap, sourceWidth, find: find.text }),
    [shownTime, wideTime, fields, wrap, sourceWidth, find.text],
  );
}

function isOfAnotherDay(time: string | undefined): boolean {
  return time !== undefined && new Date(time).toDateString() !== new Date().toDateString();
}

/** Names the columns; only read out where they explain themselves. */
function LogHeader({ form }: { form: RowForm }) {
  const { columns } = useMessages().logs.list;
  const shown = form.fields.length > 0;
  return (
    <thead className={shown ? 'sticky top-0 z-10 block w-max min-w-full' : 'sr-only'}>
      <tr className="flex min-w-full border-line border-b bg-canvas text-left text-soft">
        <Heading width="w-2.75">
          <span className="sr-only">{columns.mark}</span>
        </Heading>
        {form.time !== 'off' && <Heading width={form.wideTime ? 'w-[24ch]' : 'w-[13ch]'}>{columns.time}</Heading>}
        {form.sourceWidth > 0 && (
          <Heading width="" letters={form.sourceWidth}>
            {columns.source}
          </Heading>
        )}
        {form.fields.map((field) => (
          <Heading key={field} width="w-[16ch]">
            {field}
          </Heading>
        ))}
        <Heading width="grow">{columns.message}</Heading>
      </tr>
    </thead>
  );
}

/** As wide as the cells below it: their letters set the width. */
function Heading({ width, letters, children }: { width: string; letters?: number; children: ReactNode }) {
  return (
    <th
      scope="col"
      className={`box-content shrink-0 truncate p-0 pr-3 font-normal ${width}`}
      style={letters === undefined ? undefined : { width: `${letters}ch` }}
    >
      <span className="font-sans text-xs">{children}</span>
    </th>
  );
}

function ToEnd() {
  const { scroll } = useLogView();
  const messages = useMessages().logs.list;
  return (
    <Button className="absolute right-4 bottom-3 z-10 shadow-float" onClick={scroll.follow} title={messages.toEnd}>
      {scroll.newer > 0 ? messages.newLines(scroll.newer) : messages.toEnd}
      <ArrowDown />
    </Button>
  );
}

function rowIndexOf(target: EventTarget | Node | null): number {
  const element = target instanceof Element ? target : target instanceof Node ? target.parentElement : null;
  const row = element?.closest<HTMLElement>('[data-index]');
  return row === null || row === undefined ? -1 : Number(row.dataset.index);
}

/** What a person points at: the text that they selected, else a field's value. */
function pickedAt(target: EventTarget): Picked {
  const text = String(getSelection()).trim();
  if (text !== '' && !text.includes('\n')) return { text, field: null };
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null;
  const { field, value } = cell?.dataset ?? {};
  return field === undefined || value === undefined ? { text: '', field: null } : { text: value, field };
}

/** First and last row of a selection over several rows; null for one inside a row. */
function copiedRows(): [number, number] | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed) return null;
  const [a, b] = [rowIndexOf(selection.anchorNode), rowIndexOf(selection.focusNode)];
  return a < 0 || b < 0 || a === b ? null : [Math.min(a, b), Math.max(a, b)];
}
