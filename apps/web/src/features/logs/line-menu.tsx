import { Menu } from '@base-ui/react/menu';
import { EllipsisVertical } from 'lucide-react';
import { isMac } from '../../commands/command-center.tsx';
import { printKeys } from '../../commands/match-keys.ts';
import { useMessages } from '../../messages/language.ts';
import { floating } from '../../ui/floating.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useMay } from '../session/session.tsx';
import { prettyText } from './line-fields.ts';
import type { LogLine } from './log-line.ts';
import { useLogView } from './log-view-context.ts';
import { literally } from './select-lines.ts';
import type { LineActions } from './use-line-actions.ts';

/** The text that somebody pointed at, and the field that has it; empty where it is the line as a whole. */
export interface Picked {
  text: string;
  field: string | null;
}

interface LineMenuProps {
  picked: Picked;
  lines: readonly LogLine[];
  actions: LineActions;
}

/** On the line that has the cursor. */
export function LineMenuButton(props: LineMenuProps) {
  const label = useMessages().logs.list.menu;
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={label} title={label} className="sticky right-1 shrink-0 rounded-sm bg-selected px-0.5 text-soft hover:text-ink">
        <EllipsisVertical className="size-3.5" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={2} className="z-50">
          <Menu.Popup className={floating.menu}>
            <LineMenuItems {...props} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** What can be done with the selected lines, and with one where it is one. */
export function LineMenuItems({ picked, lines, actions }: LineMenuProps) {
  const { askAbout, logs } = useMessages();
  const messages = logs.line;
  const mayAsk = useMay('ai:chat');
  const { marks, expanded } = useLogView();
  const [line] = lines;
  if (line === undefined) return null;
  const one = lines.length === 1 && line.marker === null;
  const value = pickedValue(picked, line);
  return (
    <>
      <Item keys="c" onClick={() => actions.copy(lines)} label={messages.copy(lines.length)} />
      <Item onClick={() => actions.copyJson(lines)} label={messages.copyJson} />
      {mayAsk && <Item keys="A" onClick={() => actions.ask(lines)} label={askAbout.action} />}
      {one && (
        <>
          <Menu.Separator className="my-1 h-px bg-line" />
          <Item onClick={() => actions.keep(value.expression)} label={messages.only(value.label)} />
          <Item onClick={() => actions.drop(value.expression)} label={messages.without(value.label)} />
          <Menu.Separator className="my-1 h-px bg-line" />
          <Item keys="m" onClick={() => actions.toggleMark(line)} label={marks.ids.has(line.id) ? messages.unmark : messages.mark} />
          {prettyText(line) !== null && (
            <Item keys="Enter" onClick={() => actions.toggleExpanded(line)} label={expanded.has(line.id) ? messages.collapse : messages.expand} />
          )}
          {line.time !== '' && <Item onClick={() => actions.around(line)} label={messages.around} />}
          <Item onClick={() => actions.openPod(line)} label={messages.openPod(line.pod)} />
        </>
      )}
    </>
  );
}

function Item({ label, keys, onClick }: { label: string; keys?: string; onClick(): void }) {
  return (
    <Menu.Item className={`${floating.item} max-w-96`} onClick={onClick}>
      <span className="min-w-0 grow truncate pr-4" title={label}>
        {label}
      </span>
      {keys !== undefined && <KeyHint keys={printKeys(keys, isMac)} />}
    </Menu.Item>
  );
}

const longestLabel = 48;

/** What to filter by: what was pointed at, else all that the line says. */
export function pickedValue({ text, field }: Picked, line: Pick<LogLine, 'text'>): { label: string; expression: string } {
  if (field !== null) return { label: `${field}=${shortened(text)}`, expression: fieldExpression(field, text) };
  const said = text === '' ? line.text.trim() : text;
  return { label: `“${shortened(said)}”`, expression: literally(said.slice(0, 200)) };
}

/** Finds a field's value in a line of JSON or logfmt. */
function fieldExpression(field: string, value: string): string {
  const name = literally(field.split('.').at(-1) ?? field);
  return `"?\\b${name}"?\\s*[:=]\\s*"?${literally(value.slice(0, 200))}(?![\\w.-])`;
}

function shortened(text: string): string {
  return text.length <= longestLabel ? text : `${text.slice(0, longestLabel)}…`;
}
