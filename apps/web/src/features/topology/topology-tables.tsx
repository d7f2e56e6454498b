import { refLabel, type Topology, type TopologyEdge, type TopologyEdgeState, type TopologyNode } from '@quarterdeck/contract';
import { type ReactNode, useMemo, useState } from 'react';
import type { Messages } from '../../messages/language.ts';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { ObjectChip } from '../objects/object-chip.tsx';
import { edgeHealth } from './edge-health.ts';

interface TableProps {
  drawn: Pick<Topology, 'nodes' | 'edges'>;
  found: ReadonlySet<string> | null;
  onOpen(node: TopologyNode): void;
  instead: ReactNode;
}

const text = { align: 'left', sortable: true } as const;
type Words = Messages['topology'];

/** Every object of the map, with what it leads to. */
export function ObjectsTable({ drawn, found, onOpen, instead }: TableProps) {
  const messages = useMessages().topology;
  const [sort, setSort] = useState('');
  const isNarrow = useMedia(narrow);
  const rows = useMemo(() => sortedNodes(drawn, found, sort), [drawn, found, sort]);
  const columns = useMemo(() => objectColumns(drawn, messages, isNarrow), [drawn, messages, isNarrow]);
  return (
    <DataTable
      label={messages.views.objects}
      columns={columns}
      total={rows.length}
      itemAt={(index) => rows[index]}
      keyOf={({ id }) => id}
      sort={sort}
      onSort={setSort}
      onOpen={onOpen}
      instead={instead}
    />
  );
}

function objectColumns({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>, words: Words, isNarrow: boolean): TableColumn<TopologyNode>[] {
  const names = new Map(nodes.map(({ id, object }) => [id, `${object.kind} ${object.name}`]));
  const leadsTo = Map.groupBy(edges, ({ from }) => from);
  const object: TableColumn<TopologyNode> = {
    ...text,
    id: 'object',
    label: words.columns.object,
    width: isNarrow ? 200 : 300,
    grow: !isNarrow,
    render: (node) => <ObjectChip object={node.object} exists={node.exists && node.role !== 'group'} />,
  };
  const state: TableColumn<TopologyNode> = {
    ...text,
    id: 'state',
    label: words.columns.state,
    width: 190,
    render: (node) => <StatusMark state={node.state} text={node.stateText} />,
    value: (node) => node.stateText,
  };
  const namespace: TableColumn<TopologyNode> = {
    ...text,
    id: 'namespace',
    label: words.columns.namespace,
    width: 150,
    render: (node) => node.object.namespace ?? '',
  };
  const pods: TableColumn<TopologyNode> = {
    id: 'pods',
    label: words.columns.pods,
    align: 'right',
    sortable: false,
    width: 100,
    render: (node) => (node.pods === null ? <span className="text-soft">–</span> : `${node.pods.ready}/${node.pods.total}`),
  };
  const leads: TableColumn<TopologyNode> = {
    ...text,
    id: 'leadsTo',
    label: words.columns.leadsTo,
    sortable: false,
    width: 280,
    grow: true,
    render: (node) => {
      const to = (leadsTo.get(node.id) ?? []).map((edge) => names.get(edge.to)).join(', ');
      return (
        <span className="block truncate" title={to}>
          {to}
        </span>
      );
    },
  };
  return isNarrow ? [object, state, namespace, pods, leads] : [object, namespace, state, pods, leads];
}

/** Every connection of the map, what is broken first. */
export function ConnectionsTable({ drawn, found, onOpen, instead }: TableProps) {
  const messages = useMessages().topology;
  const isNarrow = useMedia(narrow);
  const rows = useMemo(() => worstFirst(drawn.edges.filter(({ from, to }) => found === null || found.has(from) || found.has(to))), [drawn, found]);
  const byId = useMemo(() => new Map(drawn.nodes.map((node) => [node.id, node])), [drawn]);
  const columns = useMemo(() => connectionColumns(byId, messages, isNarrow), [byId, messages, isNarrow]);
  return (
    <DataTable
      label={messages.views.connections}
      columns={columns}
      total={rows.length}
      itemAt={(index) => rows[index]}
      keyOf={({ id }) => id}
      sort=""
      onSort={() => undefined}
      onOpen={({ to }) => {
        const node = byId.get(to);
        if (node !== undefined) onOpen(node);
      }}
      instead={instead}
    />
  );
}

function connectionColumns(byId: ReadonlyMap<string, TopologyNode>, words: Words, isNarrow: boolean): TableColumn<TopologyEdge>[] {
  const plain = { align: 'left', sortable: false } as const;
  const end = (id: string) => {
    const node = byId.get(id);
    return node === undefined ? null : <ObjectChip object={node.object} exists={node.exists && node.role !== 'group'} />;
  };
  const from: TableColumn<TopologyEdge> = {
    ...plain,
    id: 'from',
    label: words.columns.from,
    width: isNarrow ? 180 : 260,
    grow: !isNarrow,
    render: (edge) => end(edge.from),
  };
  const how: TableColumn<TopologyEdge> = {
    ...plain,
    id: 'how',
    label: words.columns.how,
    width: 90,
    render: (edge) => <span className="text-soft">{words.types[edge.type]}</span>,
  };
  const to: TableColumn<TopologyEdge> = {
    ...plain,
    id: 'to',
    label: words.columns.to,
    width: isNarrow ? 180 : 260,
    grow: !isNarrow,
    render: (edge) => end(edge.to),
  };
  const port: TableColumn<TopologyEdge> = {
    ...plain,
    id: 'port',
    label: words.columns.port,
    width: 170,
    render: ({ label }) => (
      <span className="block truncate" title={label}>
        {label}
      </span>
    ),
  };
  const works: TableColumn<TopologyEdge> = {
    ...plain,
    id: 'works',
    label: words.columns.works,
    width: 190,
    render: ({ state }) => <StatusMark state={edgeHealth[state]} text={words.states[state]} />,
    value: ({ state }) => state,
  };
  const why: TableColumn<TopologyEdge> = {
    ...plain,
    id: 'why',
    label: words.columns.why,
    width: 280,
    grow: true,
    render: ({ reason }) => (
      <span className="block truncate" title={reason ?? undefined}>
        {reason}
      </span>
    ),
  };
  return isNarrow ? [from, works, how, to, port, why] : [from, how, to, port, works, why];
}

const order: readonly TopologyEdgeState[] = ['broken', 'blocked', 'pending', 'idle', 'ok'];

function worstFirst(edges: readonly TopologyEdge[]): TopologyEdge[] {
  return edges.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
}

function sortedNodes({ nodes }: Pick<Topology, 'nodes'>, found: ReadonlySet<string> | null, sort: string): TopologyNode[] {
  const shown = nodes.filter(({ id }) => found === null || found.has(id));
  const column = sort.replace(/^-/, '');
  const direction = sort.startsWith('-') ? -1 : 1;
  const key = (node: TopologyNode) => (column === 'namespace' ? (node.object.namespace ?? '') : column === 'state' ? node.state : refLabel(node.object));
  return sort === '' ? shown : shown.toSorted((one, other) => direction * key(one).localeCompare(key(other), 'en', { numeric: true }));
}
