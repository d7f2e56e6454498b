import { ChevronRight } from 'lucide-react';
import type { Messages } from '../../messages/language.ts';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import type { VisibleNode } from './visible-nodes.ts';

interface TreeColumnsOptions {
  toggle(id: string, expanded: boolean): void;
  narrow: boolean;
  messages: Messages;
}

export function treeColumns({ toggle, narrow, messages }: TreeColumnsOptions): TableColumn<VisibleNode>[] {
  const { name: label, kind: kindLabel, state: stateLabel } = messages.tree;
  const name: TableColumn<VisibleNode> = {
    id: 'name',
    label,
    align: 'left',
    width: narrow ? 210 : 440,
    sortable: false,
    render: (row) => <NameCell {...row} toggle={toggle} messages={messages} />,
  };
  const kind: TableColumn<VisibleNode> = {
    id: 'kind',
    label: kindLabel,
    align: 'left',
    width: 140,
    sortable: false,
    render: ({ node }) => <span className="text-soft">{node.kind}</span>,
  };
  const state: TableColumn<VisibleNode> = {
    id: 'state',
    label: stateLabel,
    align: 'left',
    width: 170,
    grow: true,
    sortable: false,
    render: ({ node }) => <StatusMark state={node.state} text={node.stateText} />,
    value: ({ node }) => node.stateText,
  };
  return narrow ? [name, state, kind] : [name, kind, state];
}

function NameCell({ node, level, expanded, toggle, messages }: VisibleNode & Pick<TreeColumnsOptions, 'toggle' | 'messages'>) {
  return (
    <span className="flex min-w-0 items-center gap-1" style={{ paddingLeft: (level - 1) * 20 }}>
      {expanded === undefined ? (
        <span className="w-5 shrink-0" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          aria-label={expanded ? messages.table.collapse : messages.table.expand}
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
  );
}
