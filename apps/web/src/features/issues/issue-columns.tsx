import type { Issue } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Age } from '../../ui/time.tsx';
import { ConfidenceMark } from './confidence-mark.tsx';

function TitleLink({ issue }: { issue: Issue }) {
  return (
    <Link to="/issues/$issueId" params={{ issueId: issue.id }} search={{}} tabIndex={-1} className="hover:underline" title={issue.explanation}>
      {issue.title}
    </Link>
  );
}

const title: TableColumn<Issue> = {
  id: 'title',
  label: 'Issue',
  align: 'left',
  width: 360,
  grow: true,
  sortable: true,
  render: (issue) => (
    <span className="block truncate font-medium">
      <TitleLink issue={issue} />
    </span>
  ),
  value: (issue) => issue.title,
};

const wide: readonly TableColumn<Issue>[] = [
  {
    id: 'severity',
    label: 'Severity',
    align: 'left',
    width: 96,
    sortable: true,
    render: (issue) => <StatusMark state={issue.severity} />,
    value: (issue) => issue.severity,
  },
  title,
  {
    id: 'object',
    label: 'Object',
    align: 'left',
    width: 256,
    sortable: true,
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
    id: 'namespace',
    label: 'Namespace',
    align: 'left',
    width: 176,
    sortable: true,
    render: (issue) => (issue.namespace === null ? <span className="text-soft">cluster</span> : <Middle text={issue.namespace} />),
  },
  {
    id: 'confidence',
    label: 'Confidence',
    align: 'left',
    width: 112,
    sortable: true,
    render: (issue) => <ConfidenceMark confidence={issue.confidence} />,
    value: (issue) => issue.confidence,
  },
  { id: 'age', label: 'Age', align: 'right', width: 76, sortable: true, render: (issue) => <Age at={issue.detectedAt} /> },
];

/** Two lines a row where there is no room for columns. */
const stacked: readonly TableColumn<Issue>[] = [
  {
    ...title,
    width: 220,
    render: (issue) => (
      <span className="flex items-start gap-2">
        <span className="pt-0.5">
          <StatusMark state={issue.severity} compact />
        </span>
        <span className="min-w-0">
          <span className="line-clamp-2 whitespace-normal font-medium">
            <TitleLink issue={issue} />
          </span>
          <span className="block truncate text-soft text-xs">
            {[issue.namespace, `${issue.kind} ${issue.name}`].filter((part) => part !== null).join(' · ')}
          </span>
        </span>
      </span>
    ),
  },
  { id: 'age', label: 'Age', align: 'right', width: 68, sortable: true, render: (issue) => <Age at={issue.detectedAt} /> },
];

export const issueColumns = { wide, stacked };
