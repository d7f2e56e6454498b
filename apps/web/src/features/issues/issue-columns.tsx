import type { Issue } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type Messages, useMessages } from '../../messages/language.ts';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Age } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { ConfidenceMark } from './confidence-mark.tsx';

type Texts = Messages['issues'];

function TitleLink({ issue }: { issue: Issue }) {
  return (
    <Link to="/issues/$issueId" params={{ issueId: issue.id }} search={{}} tabIndex={-1} className="hover:underline" title={issue.explanation}>
      {issue.title}
    </Link>
  );
}

/** What of its life is worth a word in a list. */
function LifeNote({ issue: { life } }: { issue: Issue }) {
  const messages = useMessages().issues;
  if (life?.state === 'held') return <span className="ml-2 font-normal text-soft text-xs">{messages.held}</span>;
  if (life === undefined || life.recurrences === 0) return null;
  return <span className="ml-2 font-normal text-soft text-xs">{messages.recurred(life.recurrences)}</span>;
}

function titleColumn(messages: Texts): TableColumn<Issue> {
  return {
    ...{ id: 'title', label: messages.columns.title, align: 'left', width: 360, grow: true, sortable: true },
    render: (issue) => (
      <span className="block truncate font-medium">
        <TitleLink issue={issue} />
        <LifeNote issue={issue} />
      </span>
    ),
    value: (issue) => issue.title,
  };
}

/** How long it is open; of what is over, how long ago it ended. */
function ageColumn(messages: Texts, width: number): TableColumn<Issue> {
  const render = (issue: Issue) => <Age at={issue.life?.state === 'resolved' ? issue.life.since : issue.detectedAt} />;
  return { id: 'age', label: messages.columns.age, align: 'right', width, sortable: true, render };
}

function wideColumns(messages: Texts): readonly TableColumn<Issue>[] {
  const { columns } = messages;
  return [
    {
      ...{ id: 'severity', label: columns.severity, align: 'left', width: 96, sortable: true },
      render: (issue) => <StatusMark state={issue.severity} />,
      value: (issue) => issue.severity,
    },
    titleColumn(messages),
    {
      ...{ id: 'object', label: columns.object, align: 'left', width: 256, sortable: true },
      render: (issue) => (
        <span className="flex min-w-0 gap-1.5" title={`${issue.kind} ${issue.name}`}>
          <span className="min-w-0 shrink-[99] truncate text-soft">{issue.kind}</span>
          <span className="min-w-0">
            <Middle text={issue.name} />
          </span>
        </span>
      ),
    },
    {
      ...{ id: 'namespace', label: columns.namespace, align: 'left', width: 176, sortable: true },
      render: (issue) => (issue.namespace === null ? <span className="text-soft">{messages.cluster}</span> : <Middle text={issue.namespace} />),
    },
    {
      ...{ id: 'confidence', label: columns.confidence, align: 'left', width: 120, sortable: true },
      render: (issue) => <ConfidenceMark confidence={issue.confidence} />,
      value: (issue) => issue.confidence,
    },
    ageColumn(messages, 76),
  ];
}

/** Two lines a row where there is no room for columns. */
function stackedColumns(messages: Texts): readonly TableColumn<Issue>[] {
  return [
    {
      ...titleColumn(messages),
      width: 220,
      render: (issue) => (
        <span className="flex items-start gap-2">
          <span className="pt-0.5">
            <StatusMark state={issue.severity} compact />
          </span>
          <span className="min-w-0">
            <span className="line-clamp-2 whitespace-normal font-medium">
              <TitleLink issue={issue} />
              <LifeNote issue={issue} />
            </span>
            <span className="block truncate text-soft text-xs">
              {[issue.namespace, `${issue.kind} ${issue.name}`].filter((part) => part !== null).join(' · ')}
            </span>
          </span>
        </span>
      ),
    },
    ageColumn(messages, 68),
  ];
}

/** As many columns as there is room for, and the height of their rows. */
export function useIssueColumns(): { columns: readonly TableColumn<Issue>[]; rowHeight?: number } {
  const messages = useMessages().issues;
  const isNarrow = useMedia(narrow);
  return useMemo(() => (isNarrow ? { columns: stackedColumns(messages), rowHeight: 64 } : { columns: wideColumns(messages) }), [isNarrow, messages]);
}
