import type { Topology, TopologyNode } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useNamespaceScope, useScopeLabel } from '../namespaces/use-namespace-scope.ts';
import { objectKey } from '../objects/object-key.ts';
import { TopologyLimits } from './topology-limits.tsx';
import { TopologyMap } from './topology-map.tsx';
import { matching, troubleOnly } from './topology-select.ts';
import { ConnectionsTable, ObjectsTable } from './topology-tables.tsx';
import { TopologyToolbar } from './topology-toolbar.tsx';
import { extrasOf } from './topology-view.ts';
import { useTopology } from './use-topology.ts';

const route = getRouteApi('/cluster/topology');

/** Who leads to whom in the namespaces of the page, as a map or as tables. */
export function TopologyPage() {
  const messages = useMessages().topology;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q = '', also, trouble } = search;
  const { namespaces } = useNamespaceScope();
  const extras = useMemo(() => extrasOf(also), [also]);
  const topology = useTopology(namespaces, extras);
  const setSearch = (part: Partial<typeof search>) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <>
      <PageHeader title={messages.title} total={topology.data?.nodes.length ?? null}>
        <SearchBox value={q} onChange={(next) => setSearch({ q: next === '' ? undefined : next })} label={messages.search} />
        <TopologyToolbar topology={topology.data} search={search} extras={extras} onSearch={setSearch} />
      </PageHeader>
      {topology.error !== null && (
        <PageInset>
          <ErrorNotice what={messages.notRead} error={topology.error} onRetry={() => topology.refetch()} />
        </PageInset>
      )}
      {topology.data !== undefined && <TopologyLimits topology={topology.data} />}
      {topology.isPending && (
        <div className="p-4">
          <SkeletonLines widths={['30%', '52%', '44%', '60%', '38%', '48%']} />
        </div>
      )}
      {topology.data !== undefined && (
        <Shown topology={topology.data} query={q} trouble={trouble === 'only'} onShowAll={() => setSearch({ trouble: undefined })} />
      )}
    </>
  );
}

interface ShownProps {
  topology: Topology;
  query: string;
  trouble: boolean;
  onShowAll(): void;
}

function Shown({ topology, query, trouble, onShowAll }: ShownProps) {
  const messages = useMessages().topology;
  const { view = 'map' } = route.useSearch();
  const navigate = route.useNavigate();
  const { namespaces, setNamespaces } = useNamespaceScope();
  const scopeLabel = useScopeLabel();
  const drawn = useMemo(() => (trouble ? troubleOnly(topology) : topology), [topology, trouble]);
  const found = useMemo(() => matching(drawn.nodes, query), [drawn, query]);
  const onOpen = ({ object, role, exists }: TopologyNode) => {
    if (role === 'group') void setNamespaces([object.name]);
    else if (exists) void navigate({ search: (before) => ({ ...before, open: objectKey(object), section: undefined }) });
  };
  if (drawn.nodes.length === 0) {
    const scope = scopeLabel(namespaces);
    return (
      <Empty title={trouble ? messages.emptyTrouble(scope) : messages.empty(scope)}>
        {trouble ? <TextButton onClick={onShowAll}>{messages.showAll}</TextButton> : messages.emptyNext}
      </Empty>
    );
  }
  const instead = <Empty title={messages.found(0)} />;
  if (view === 'objects') return <ObjectsTable drawn={drawn} found={found} onOpen={onOpen} instead={instead} />;
  if (view === 'connections') return <ConnectionsTable drawn={drawn} found={found} onOpen={onOpen} instead={instead} />;
  return (
    <TopologyMap
      key={namespaces.join()}
      drawn={drawn}
      found={found}
      onOpen={onOpen}
      onTables={() => void navigate({ search: (before) => ({ ...before, view: 'objects' }) })}
    />
  );
}
