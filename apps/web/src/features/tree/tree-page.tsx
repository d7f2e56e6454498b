import { routes, type TreeNode } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChevronRight, RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Middle } from '../../ui/middle.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Clock } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { scopeLabel, useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { objectKey } from '../objects/object-key.ts';
import { filterTree, type VisibleNode, visibleNodes } from './visible-nodes.ts';

const route = getRouteApi('/cluster/tree');
const skeletonRows = 10;

export function TreePage() {
  const { q = '', open } = route.useSearch();
  const navigate = route.useNavigate();
  const { namespaces } = useNamespaceScope();
  const tree = useTree();
  const isNarrow = useMedia(narrow);
  const { choices, toggle } = useChoices();
  const rows = useMemo(() => rowsOf(tree.data ?? [], namespaces, q, choices), [tree.data, namespaces, q, choices]);
  const columns = useMemo(() => treeColumns(toggle, isNarrow), [toggle, isNarrow]);
  const onOpen = ({ node, expanded }: VisibleNode) => {
    if (node.object !== null && node.kind !== 'Namespace')
      navigate({ search: (before) => ({ ...before, open: node.object === null ? undefined : objectKey(node.object) }) });
    else if (expanded !== undefined) toggle(node.id, !expanded);
  };
  return (
    <>
      <PageHeader title="Resource tree">
        <SearchBox
          label="Filter the tree"
          value={q}
          onChange={(next) => navigate({ search: (before) => ({ ...before, q: next || undefined }), replace: true })}
        />
        <span className="grow" />
        {tree.dataUpdatedAt > 0 && (
          <span className="text-soft text-xs">
            As of <Clock at={new Date(tree.dataUpdatedAt).toISOString()} />
          </span>
        )}
        <Button look="icon" aria-label="Read the tree again" title="Read again" onClick={() => tree.refetch()}>
          <RefreshCw />
        </Button>
      </PageHeader>
      {tree.error !== null && (
        <PageInset>
          <ErrorNotice what="The tree could not be read" error={tree.error} onRetry={() => tree.refetch()} />
        </PageInset>
      )}
      {(tree.error === null || tree.data !== undefined) && (
        <DataTable
          label="Resource tree"
          columns={columns}
          total={tree.data === undefined ? skeletonRows : rows.length}
          itemAt={(index) => rows[index]}
          keyOf={({ node }) => node.id}
          sort=""
          onSort={() => undefined}
          onOpen={onOpen}
          openKey={rows.find(({ node }) => node.object !== null && open !== undefined && objectKey(node.object) === open)?.node.id}
          details={({ level, expanded }) => ({ level, expanded })}
          onExpand={({ node, expanded }, next) => expanded !== undefined && toggle(node.id, next)}
          instead={<Empty title={q === '' ? `There are no workloads in ${scopeLabel(namespaces)}.` : `Nothing in ${scopeLabel(namespaces)} matches “${q}”.`} />}
        />
      )}
    </>
  );
}

/** Read again whenever the diagnosis saw a change: the tree has no live stream of its own. */
function useTree() {
  const { api } = useServices();
  const scope = useClusterScope();
  const { namespaces } = useNamespaceScope();
  const { state } = useIssuesFeed();
  const [only] = namespaces.length === 1 ? namespaces : [];
  return useQuery({
    queryKey: ['tree', scope.cluster, only, state?.checkedAt],
    queryFn: ({ signal }) => api.call(routes.getTree, { ...scope, ...(only === undefined ? {} : { namespace: only }) }, { signal }),
    placeholderData: (before) => before,
  });
}

function useChoices() {
  const [choices, setChoices] = useState<ReadonlyMap<string, boolean>>(new Map());
  const toggle = useMemo(() => (id: string, expanded: boolean) => setChoices((before) => new Map(before).set(id, expanded)), []);
  return { choices, toggle };
}

function rowsOf(nodes: readonly TreeNode[], namespaces: readonly string[], query: string, choices: ReadonlyMap<string, boolean>): VisibleNode[] {
  const inScope = nodes.filter((node) => namespaces.length === 0 || node.kind !== 'Namespace' || namespaces.includes(node.label));
  return visibleNodes(filterTree(inScope, query), choices, query !== '');
}

function treeColumns(toggle: (id: string, expanded: boolean) => void, narrow: boolean): TableColumn<VisibleNode>[] {
  const name: TableColumn<VisibleNode> = {
    id: 'name',
    label: 'Name',
    align: 'left',
    width: narrow ? 210 : 440,
    sortable: false,
    render: ({ node, level, expanded }) => (
      <span className="flex min-w-0 items-center gap-1" style={{ paddingLeft: (level - 1) * 20 }}>
        {expanded === undefined ? (
          <span className="w-5 shrink-0" />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            aria-label={expanded ? 'Collapse' : 'Expand'}
            onClick={() => toggle(node.id, !expanded)}
            className="flex size-5 shrink-0 items-center justify-center rounded-[4px] text-soft hover:bg-hover hover:text-ink"
          >
            <ChevronRight className={`size-3.5 ${expanded ? 'rotate-90' : ''}`} aria-hidden="true" />
          </button>
        )}
        <span className={`min-w-0 ${level === 1 ? 'font-semibold' : ''}`}>
          <Middle text={node.label} />
        </span>
      </span>
    ),
  };
  const kind: TableColumn<VisibleNode> = {
    id: 'kind',
    label: 'Kind',
    align: 'left',
    width: 140,
    sortable: false,
    render: ({ node }) => <span className="text-soft">{node.kind}</span>,
  };
  const state: TableColumn<VisibleNode> = {
    id: 'state',
    label: 'State',
    align: 'left',
    width: 170,
    grow: true,
    sortable: false,
    render: ({ node }) => <StatusMark state={node.state} text={node.stateText} />,
    value: ({ node }) => node.stateText,
  };
  return narrow ? [name, state, kind] : [name, kind, state];
}
