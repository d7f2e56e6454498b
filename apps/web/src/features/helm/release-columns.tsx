import type { HelmRevision } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import type { Messages } from '../../messages/language.ts';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Age } from '../../ui/time.tsx';
import { ReleaseStatus } from './release-status.tsx';

export function releaseKey({ namespace, name }: Pick<HelmRevision, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** The columns of the list; on a narrow screen the status stands beside the name. */
export function releaseColumns(words: Messages['helm']['columns'], narrow: boolean): TableColumn<HelmRevision>[] {
  const text = { align: 'left', sortable: true } as const;
  const name: TableColumn<HelmRevision> = {
    ...text,
    id: 'name',
    label: words.name,
    width: narrow ? 176 : 260,
    grow: !narrow,
    render: (release) => (
      <Link
        to="/helm"
        search={(before) => ({ ...before, release: releaseKey(release) })}
        tabIndex={-1}
        className="block min-w-0 font-medium hover:underline"
        onClick={(event) => event.stopPropagation()}
      >
        <Middle text={release.name} />
      </Link>
    ),
  };
  const status: TableColumn<HelmRevision> = {
    ...text,
    id: 'status',
    label: words.status,
    width: 150,
    render: ({ status: word }) => <ReleaseStatus status={word} />,
    value: ({ status: word }) => word,
  };
  const namespace: TableColumn<HelmRevision> = {
    ...text,
    id: 'namespace',
    label: words.namespace,
    width: 180,
    render: (release) => <Middle text={release.namespace} />,
  };
  const revision: TableColumn<HelmRevision> = {
    id: 'revision',
    label: words.revision,
    align: 'right',
    sortable: true,
    descendingFirst: true,
    width: 86,
    render: (release) => release.revision,
    value: (release) => release.revision,
  };
  const chart: TableColumn<HelmRevision> = { ...text, id: 'chart', label: words.chart, width: 220, render: (release) => <ChartCell release={release} /> };
  const app: TableColumn<HelmRevision> = {
    ...text,
    id: 'app',
    label: words.app,
    width: 120,
    render: (release) => <span className="block truncate">{release.chart?.appVersion ?? <span className="text-soft">–</span>}</span>,
  };
  const updated: TableColumn<HelmRevision> = {
    id: 'updated',
    label: words.updated,
    align: 'right',
    sortable: true,
    descendingFirst: true,
    width: 90,
    render: ({ updatedAt }) => (updatedAt === null ? <span className="text-soft">–</span> : <Age at={updatedAt} />),
  };
  return narrow ? [name, status, namespace, revision, chart, app, updated] : [name, namespace, status, revision, chart, app, updated];
}

function ChartCell({ release: { chart, problem } }: { release: HelmRevision }) {
  if (chart !== null) return <Middle text={`${chart.name} ${chart.version}`} />;
  return problem === null ? <span className="text-soft">–</span> : <StatusMark state="unknown" text={problem} />;
}

/** By `name`, `-updated` and so on; by namespace and name where nothing is chosen. */
export function sortReleases(releases: readonly HelmRevision[], sort: string): HelmRevision[] {
  const column = sort.replace(/^-/, '');
  const direction = sort.startsWith('-') ? -1 : 1;
  return releases.toSorted(
    (one, other) => direction * compare(sortValue(one, column), sortValue(other, column)) || releaseKey(one).localeCompare(releaseKey(other)),
  );
}

function sortValue(release: HelmRevision, column: string): string | number {
  if (column === 'name') return release.name;
  if (column === 'status') return release.status;
  if (column === 'revision') return release.revision;
  if (column === 'chart') return `${release.chart?.name ?? ''} ${release.chart?.version ?? ''}`;
  if (column === 'app') return release.chart?.appVersion ?? '';
  if (column === 'updated') return release.updatedAt === null ? 0 : -Date.parse(release.updatedAt);
  return release.namespace;
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), 'en', { numeric: true });
}
