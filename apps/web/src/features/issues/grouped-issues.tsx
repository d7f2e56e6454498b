import type { Issue } from '@quarterdeck/contract';
import { useMemo } from 'react';
import { DataTable, type RowDetails } from '../../ui/table/data-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { issueColumns } from './issue-columns.tsx';

interface GroupedIssuesProps {
  /** In order of their namespaces. */
  issues: readonly Issue[];
  gone: ReadonlySet<string>;
  onPointer(inside: boolean): void;
  sort: string;
  onSort(sort: string): void;
  onOpen(issue: Issue): void;
}

type GroupedRow = { type: 'group'; namespace: string; size: number } | { type: 'issue'; issue: Issue };

/** The same table with a line before each namespace. */
export function GroupedIssues({ issues, gone, onPointer, sort, onSort, onOpen }: GroupedIssuesProps) {
  const isNarrow = useMedia(narrow);
  const rows = useMemo(() => groupRows(issues), [issues]);
  const columns = useMemo(() => (isNarrow ? issueColumns.stacked : issueColumns.wide).filter((column) => column.id !== 'namespace').map(forGroups), [isNarrow]);
  return (
    <DataTable
      label="Issues by namespace"
      columns={columns}
      rowHeight={isNarrow ? 64 : 32}
      total={rows.length}
      itemAt={(index) => rows[index]}
      keyOf={(row) => (row.type === 'group' ? `group:${row.namespace}` : row.issue.id)}
      sort={sort}
      onSort={onSort}
      onPointer={onPointer}
      details={(row) => (row.type === 'group' ? heading(row) : { gone: gone.has(row.issue.id) })}
      onOpen={(row) => row.type === 'issue' && onOpen(row.issue)}
    />
  );
}

function groupRows(issues: readonly Issue[]): GroupedRow[] {
  const groups = Map.groupBy(issues, (issue) => issue.namespace ?? '');
  return [...groups].flatMap(([namespace, members]): GroupedRow[] => [
    { type: 'group', namespace, size: members.length },
    ...members.map((issue): GroupedRow => ({ type: 'issue', issue })),
  ]);
}

function heading(row: Extract<GroupedRow, { type: 'group' }>): RowDetails {
  return {
    heading: (
      <>
        <span className="font-semibold">{row.namespace === '' ? 'Whole cluster' : row.namespace}</span> <span className="ml-1 text-soft">{row.size}</span>
      </>
    ),
  };
}

function forGroups({ value, render, ...rest }: TableColumn<Issue>): TableColumn<GroupedRow> {
  return {
    ...rest,
    render: (row) => (row.type === 'issue' ? render(row.issue) : null),
    ...(value === undefined ? {} : { value: (row) => (row.type === 'issue' ? value(row.issue) : null) }),
  };
}
