import { resourceRoutes, type TreeNode } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ChevronsDownUp, ChevronsUpDown, RefreshCw } from 'lucide-react';
import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Clock } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { useNamespaceScope, useScopeLabel } from '../namespaces/use-namespace-scope.ts';
import type { ActionTarget } from '../object-actions/object-action.ts';
import { ObjectContextMenu } from '../object-actions/object-menu.tsx';
import { useObjectKeys } from '../object-actions/use-object-keys.ts';
import { objectKey } from '../objects/object-key.ts';
import { treeColumns } from './tree-columns.tsx';
import { useOpenBranches } from './use-open-branches.ts';
import { branchIds, filterTree, type VisibleNode, visibleNodes } from './visible-nodes.ts';

const route = getRouteApi('/cluster/tree');
const skeletonRows = 10;

/** Namespaces, their workloads, pods and containers. */
export function TreePage() {
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const messages = useMessages().tree;
  const { namespaces } = useNamespaceScope();
  const tree = useTree();
  const nodes = useMemo(() => filterTree(inScope(tree.data ?? [], namespaces), q), [tree.data, namespaces, q]);
  const { choices, toggle, toggleAll } = useOpenBranches(useClusterScope().cluster ?? '');
  const rows = useMemo(() => visibleNodes(nodes, choices, q !== ''), [nodes, choices, q]);
  const openAll = (open: boolean) => toggleAll(branchIds(nodes), open);
  return (
    <>
      <PageHeader title={messages.title}>
        <SearchBox
          label={messages.filter}
          value={q}
          onChange={(next) => void navigate({ search: (before) => ({ ...before, q: next || undefined }), replace: true })}
        />
        <span className="grow" />
        {tree.dataUpdatedAt > 0 && (
          <span className="text-soft text-xs">
            {messages.asOf} <Clock at={new Date(tree.dataUpdatedAt).toISOString()} />
          </span>
        )}
        <div className="flex">
          <Button look="icon" aria-label={messages.expandAll} title={messages.expandAll} onClick={() => openAll(true)}>
            <ChevronsUpDown />
          </Button>
          <Button look="icon" aria-label={messages.collapseAll} title={messages.collapseAll} onClick={() => openAll(false)}>
            <ChevronsDownUp />
          </Button>
          <Button look="icon" aria-label={messages.readAgain} title={messages.readAgain} onClick={() => void tree.refetch()}>
            <RefreshCw />
          </Button>
        </div>
      </PageHeader>
      {tree.error !== null && (
        <PageInset>
          <ErrorNotice what={messages.couldNotRead} error={tree.error} onRetry={() => void tree.refetch()} />
        </PageInset>
      )}
      {(tree.error === null || tree.data !== undefined) && <TreeTable rows={tree.data === undefined ? null : rows} query={q} toggle={toggle} />}
    </>
  );
}

interface TreeTableProps {
  /** Null while they are read. */
  rows: readonly VisibleNode[] | null;
  query: string;
  toggle(id: string, open: boolean): void;
}

const keyOf = ({ node }: VisibleNode) => node.id;

function TreeTable({ rows, query, toggle }: TreeTableProps) {
  const all = useMessages();
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const isNarrow = useMedia(narrow);
  const columns = useMemo(() => treeColumns({ toggle, narrow: isNarrow, messages: all }), [toggle, isNarrow, all]);
  const scope = useScopeLabel()(useNamespaceScope().namespaces);
  const [cursor, setCursor] = useState<VisibleNode | undefined>();
  useObjectKeys(useTargets(cursor));
  const onOpen = ({ node, expanded }: VisibleNode) => {
    const { object } = node;
    if (object !== null && node.kind !== 'Namespace') void navigate({ search: (before) => ({ ...before, open: objectKey(object) }) });
    else if (expanded !== undefined) toggle(node.id, !expanded);
  };
  return (
    <DataTable<VisibleNode>
      label={all.tree.title}
      columns={columns}
      total={rows?.length ?? skeletonRows}
      itemAt={(index) => rows?.[index]}
      keyOf={keyOf}
      sort=""
      onSort={() => undefined}
      onOpen={onOpen}
      onCursor={setCursor}
      openKey={open === undefined ? undefined : rows?.find(({ node }) => node.object !== null && objectKey(node.object) === open)?.node.id}
      details={({ level, expanded }) => ({ level, expanded })}
      onExpand={({ node, expanded }, next) => expanded !== undefined && toggle(node.id, next)}
      menu={useNodeMenu(rows)}
      instead={<Empty title={query === '' ? all.tree.empty(scope) : all.tree.noMatch(scope, query)} />}
    />
  );
}

/** A container has no object of its own: what can be done is done with its pod. */
function useTargets(row: VisibleNode | undefined): readonly ActionTarget[] {
  const object = row?.node.object ?? row?.within ?? null;
  const state = row?.node.object === null ? undefined : row?.node.state;
  return useMemo(() => (object === null ? [] : [{ object, ...(state === undefined ? {} : { state }) }]), [object, state]);
}

function useNodeMenu(rows: readonly VisibleNode[] | null) {
  const [id, setId] = useState<string | null>(null);
  const row = useMemo(() => rows?.find(({ node }) => node.id === id), [rows, id]);
  const targets = useTargets(row);
  const around = useCallback((body: ReactElement) => <ObjectContextMenu targets={targets}>{body}</ObjectContextMenu>, [targets]);
  return useMemo(() => ({ around, onMenu: ({ node }: VisibleNode) => setId(node.id) }), [around]);
}

function inScope(nodes: readonly TreeNode[], namespaces: readonly string[]): TreeNode[] {
  return nodes.filter((node) => namespaces.length === 0 || node.kind !== 'Namespace' || namespaces.includes(node.label));
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
    queryFn: ({ signal }) => api.call(resourceRoutes.getTree, { ...scope, ...(only === undefined ? {} : { namespace: only }) }, { signal }),
    placeholderData: (before) => before,
  });
}
