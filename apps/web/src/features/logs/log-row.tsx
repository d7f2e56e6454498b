import { Bookmark } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { useTimeStyle } from '../../preferences/use-time-style.ts';
import { formatExact } from '../../text/age.ts';
import { TextButton } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { fieldsOf, prettyText } from './line-fields.ts';
import { LineText, shownPart } from './line-text.tsx';
import { LineTime } from './line-time.tsx';
import type { LogLine } from './log-line.ts';
import type { TimeForm } from './log-subject.ts';
import type { SourceName } from './source-names.ts';

/** How all rows of a view look. */
export interface RowForm {
  time: TimeForm;
  /** Whether the day stands with the time. */
  wideTime: boolean;
  /** In letters; 0 where all lines are of one source. */
  sourceWidth: number;
  fields: readonly string[];
  wrap: boolean;
  find: string;
}

interface LogRowProps {
  line: LogLine;
  name: SourceName | undefined;
  form: RowForm;
  marked: boolean;
  expanded: boolean;
  selected: boolean;
  onExpand(line: LogLine): void;
}

/** Whole names: the style sheet is made of those that stand in the sources. */
const stripes = [
  'border-transparent',
  'border-series-1',
  'border-series-2',
  'border-series-3',
  'border-series-4',
  'border-series-5',
  'border-series-6',
  'border-series-7',
  'border-series-8',
];
const inks = ['', 'text-series-1', 'text-series-2', 'text-series-3', 'text-series-4', 'text-series-5', 'text-series-6', 'text-series-7', 'text-series-8'];

/** The cells of a line: its source's stripe, how bad it is, when, where from, its fields, and what it says. */
export const LogRow = memo(function LogRow({ line, name, form, marked, expanded, selected, onExpand }: LogRowProps) {
  const messages = useMessages().logs;
  const style = useTimeStyle();
  if (line.marker !== null) return <MarkerRow line={line} />;
  return (
    <>
      <Cell className={`flex w-5 justify-center self-stretch border-l-3 ${stripes[name?.colour ?? 0] ?? ''}`}>
        {marked ? <Bookmark role="img" aria-label={messages.list.mark} className="mt-0.5 size-3.5 fill-accent text-accent" /> : <Severity line={line} />}
      </Cell>
      {form.time !== 'off' && (
        <Cell className={`pr-3 text-soft ${form.wideTime ? 'w-[24ch]' : 'w-[13ch]'}`} title={formatExact(line.time, style)}>
          <LineTime time={line.time} form={form.time} />
        </Cell>
      )}
      {form.sourceWidth > 0 && (
        <Cell className={`truncate pr-3 ${inks[name?.colour ?? 0] ?? ''}`} title={`${line.pod}/${line.container}`} letters={form.sourceWidth}>
          {name?.short ?? line.pod}
        </Cell>
      )}
      {form.fields.map((field) => (
        <FieldCell key={field} field={field} value={fieldsOf(line)?.fields.get(field)} />
      ))}
      <td className={`min-w-0 grow pr-3 ${form.wrap ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'whitespace-pre'}`}>
        <Message line={line} form={form} expanded={expanded} selected={selected} onExpand={() => onExpand(line)} />
      </td>
    </>
  );
});

function Cell({ className, title, letters, children }: { className: string; title?: string; letters?: number; children: ReactNode }) {
  return (
    <td className={`box-content shrink-0 p-0 ${className}`} title={title} style={letters === undefined ? undefined : { width: `${letters}ch` }}>
      {children}
    </td>
  );
}

function FieldCell({ field, value }: { field: string; value: string | undefined }) {
  return (
    <td data-field={field} data-value={value} className="box-content w-[16ch] shrink-0 truncate p-0 pr-3" title={value}>
      {value ?? <span className="text-soft">–</span>}
    </td>
  );
}

/** The severities that one must not miss. */
function Severity({ line }: { line: LogLine }) {
  const { severity } = line;
  if (severity !== 'fatal' && severity !== 'error' && severity !== 'warn') return null;
  const state = severity === 'fatal' ? 'missing' : severity === 'error' ? 'critical' : 'high';
  return (
    <span className="mt-[3px] leading-none">
      <StatusMark state={state} text={severity} compact />
    </span>
  );
}

interface MessageProps {
  line: LogLine;
  form: RowForm;
  expanded: boolean;
  selected: boolean;
  onExpand(): void;
}

function Message({ line, form, expanded, onExpand }: MessageProps) {
  const messages = useMessages().logs.list;
  const pretty = expanded ? prettyText(line) : null;
  if (pretty !== null) {
    return (
      <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        <LineText text={pretty} coloured={null} find={form.find} />
      </span>
    );
  }
  const structured = form.fields.length > 0 ? fieldsOf(line) : null;
  const said = structured !== null && structured.message !== '' ? { text: structured.message, coloured: null } : line;
  const { text, coloured, left } = shownPart(said, expanded);
  return (
    <span className={line.context ? 'text-soft' : ''}>
      <LineText text={text} coloured={coloured} find={form.find} />
      {left > 0 && (
        <TextButton className="ml-2 font-sans text-xs" onClick={onExpand}>
          {messages.longer(left)}
        </TextButton>
      )}
    </span>
  );
}

/** A word about the log, across the row. */
function MarkerRow({ line }: { line: LogLine }) {
  const { list } = useMessages().logs;
  const { marker } = line;
  if (marker === null) return null;
  const isBad = marker === 'lost' || marker === 'gap' || marker === 'failed' || marker === 'cut' || marker === 'reconnected';
  return (
    <td className="my-0.5 flex min-w-0 grow items-baseline gap-2 border-line border-y bg-sunken px-2 font-sans text-xs">
      <span className="shrink-0 font-medium">
        {isBad ? <StatusMark state={marker === 'failed' ? 'critical' : 'high'} text={list.markers[marker]} /> : list.markers[marker]}
      </span>
      <span className="min-w-0 whitespace-normal text-soft [overflow-wrap:anywhere]">{marker === 'reconnected' ? list.reconnected : line.text}</span>
    </td>
  );
}
