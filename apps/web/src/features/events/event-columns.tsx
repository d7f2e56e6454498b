import { type EventGroup, type Issue, refKey } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { BellPlus, CircleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { type Messages, useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Age } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { useMay } from '../session/session.tsx';
import { useIssuesByObject } from './use-events.ts';

type Texts = Messages['events'];
type Column = TableColumn<EventGroup>;

interface ColumnContext {
  texts: Texts;
  issues: ReadonlyMap<string, Issue>;
  mayMakeRules: boolean;
}

function EventType({ event: { type } }: { event: EventGroup }) {
  return <StatusMark state={type === 'Warning' ? 'high' : 'unknown'} text={type} />;
}

function When({ at }: { at: string | null }) {
  return at === null ? null : <Age at={at} />;
}

/** To the issue that the object of an event has a part in. */
function IssueLink({ event, issues, texts }: { event: EventGroup } & Pick<ColumnContext, 'issues' | 'texts'>) {
  const issue = issues.get(refKey(event.object));
  if (issue === undefined) return null;
  return (
    <Link
      to="/issues/$issueId"
      params={{ issueId: issue.id }}
      search={{}}
      tabIndex={-1}
      aria-label={texts.issue(issue.title)}
      title={texts.issue(issue.title)}
      className="ml-1.5 shrink-0 rounded-sm text-high hover:opacity-80"
    >
      <CircleAlert className="size-3.5" aria-hidden="true" />
    </Link>
  );
}

function MakeRule({ event: { reason, object }, texts }: { event: EventGroup; texts: Texts }) {
  return (
    <Link
      to="/alerts"
      search={{ rule: 'new', reason, ...(object.namespace === null ? {} : { in: object.namespace }) }}
      tabIndex={-1}
      aria-label={texts.makeRule(reason)}
      title={texts.makeRule(reason)}
      className={`${buttonStyles.icon} h-6! w-6!`}
    >
      <BellPlus />
    </Link>
  );
}

function wideColumns({ texts, issues, mayMakeRules }: ColumnContext): Column[] {
  const { columns } = texts;
  const plain = { align: 'left', sortable: false } as const;
  return [
    { ...plain, id: 'last', label: columns.last, align: 'right', width: 76, render: (event) => <When at={event.lastAt} /> },
    { ...plain, id: 'type', label: columns.type, width: 108, render: (event) => <EventType event={event} /> },
    { ...plain, id: 'reason', label: columns.reason, width: 148, render: (event) => <Middle text={event.reason} /> },
    {
      ...{ ...plain, id: 'object', label: columns.object, width: 240 },
      render: (event) => (
        <span className="flex min-w-0 items-center" title={`${event.object.kind} ${event.object.name}`}>
          <span className="mr-1.5 min-w-0 shrink-[99] truncate text-soft">{event.object.kind}</span>
          <span className="min-w-0">
            <Middle text={event.object.name} />
          </span>
          <IssueLink event={event} issues={issues} texts={texts} />
        </span>
      ),
    },
    {
      ...{ ...plain, id: 'namespace', label: columns.namespace, width: 132 },
      render: ({ object }) => (object.namespace === null ? <span className="text-soft">{texts.cluster}</span> : <Middle text={object.namespace} />),
    },
    {
      ...{ ...plain, id: 'message', label: columns.message, width: 280, grow: true },
      render: ({ message }) => (
        <span className="block truncate" title={message}>
          {message}
        </span>
      ),
    },
    { ...plain, id: 'count', label: columns.count, align: 'right', width: 68, render: ({ count }) => count, value: ({ count }) => count },
    { ...plain, id: 'first', label: columns.first, align: 'right', width: 76, render: (event) => <When at={event.firstAt} /> },
    ...(mayMakeRules
      ? [{ ...plain, id: 'rule', label: columns.rule, width: 60, render: (event: EventGroup) => <MakeRule event={event} texts={texts} /> }]
      : []),
  ];
}

/** Three lines a row where there is no room for columns. */
function stackedColumns({ texts, issues }: ColumnContext): Column[] {
  return [
    {
      ...{ id: 'message', label: texts.columns.message, align: 'left', width: 240, grow: true, sortable: false },
      render: (event) => (
        <span className="block min-w-0">
          <span className="flex items-center gap-2">
            <StatusMark state={event.type === 'Warning' ? 'high' : 'unknown'} text={event.reason} />
            {event.count > 1 && <span className="text-soft">×{event.count}</span>}
            <IssueLink event={event} issues={issues} texts={texts} />
          </span>
          <span className="block truncate">{event.message}</span>
          <span className="block truncate text-soft text-xs">
            {[event.object.namespace, `${event.object.kind} ${event.object.name}`].filter((part) => part !== null).join(' · ')}
          </span>
        </span>
      ),
    },
    { id: 'last', label: texts.columns.last, align: 'right', width: 76, sortable: false, render: (event) => <When at={event.lastAt} /> },
  ];
}

/** As many columns as there is room for; on a narrow page several lines a row. */
export function useEventColumns(): { columns: readonly Column[]; rowHeight?: number } {
  const texts = useMessages().events;
  const issues = useIssuesByObject();
  const mayMakeRules = useMay('alert.manage');
  const isNarrow = useMedia(narrow);
  return useMemo(() => {
    const context = { texts, issues, mayMakeRules };
    return isNarrow ? { columns: stackedColumns(context), rowHeight: 68 } : { columns: wideColumns(context) };
  }, [texts, issues, mayMakeRules, isNarrow]);
}
