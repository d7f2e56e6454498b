import type { Issue } from '@quarterdeck/contract';
import { useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { DataTable, type RowDetails } from '../../ui/table/data-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { useIssueColumns } from './issue-columns.tsx';
import { groupOfIssue, type IssueGrouping } from './select-issues.ts';

interface GroupedIssuesProps {
  by: IssueGrouping;
  /** In order of their groups. */
  issues: readonly Issue[];
  gone: ReadonlySet<string>;
  onPointer(inside: boolean): void;
  sort: string;
  onSort(sort: string): void;
  onOpen(issue: Issue): void;
}

type GroupedRow = { type: 'group'; name: string; size: number } | { type: 'issue'; issue: Issue };

/** The same table with a line before each group. */
export function GroupedIssues({ by, issues, gone, onPointer, sort, onSort, onOpen }: GroupedIssuesProps) {
  const messages = useMessages().issues;
  const rows = useMemo(() => groupRows(issues, by), [issues, by]);
  const { columns, ...layout } = useIssueColumns();
  const shown = useMemo(() => columns.filter(({ id }) => id !== by).map(forGroups), [columns, by]);
  return (
    <DataTable
      label={messages.byGroup(messages.groups[by])}
      {...layout}
      columns={shown}
      total={rows.length}
      itemAt={(index) => rows[index]}
      keyOf={(row) => (row.type === 'group' ? `group:${row.name}` : row.issue.id)}
      sort={sort}
      onSort={onSort}
      onPointer={onPointer}
      details={(row) => (row.type === 'group' ? heading(row, messages.wholeCluster) : { gone: gone.has(row.issue.id) })}
      onOpen={(row) => row.type === 'issue' && onOpen(row.issue)}
    />
  );
}

function groupRows(issues: readonly Issue[], by: IssueGrouping): GroupedRow[] {
  const groups = Map.groupBy(issues, (issue) => groupOfIssue(issue, by));
  return [...groups].flatMap(([name, members]): GroupedRow[] => [
    { type: 'group', name, size: members.length },
    ...members.map((issue): GroupedRow => ({ type: 'issue', issue })),
  ]);
}

function heading({ name, size }: Extract<GroupedRow, { type: 'group' }>, wholeCluster: string): RowDetails {
  return {
    heading: (
      <>
        <span className="font-semibold">{name === '' ? wholeCluster : name}</span> <span className="ml-1 text-soft">{size}</span>
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
