import type { TopologyNode } from '@quarterdeck/contract';
import { Handle, type Node, type NodeProps, Position, type ReactFlowState, useStore } from '@xyflow/react';
import { memo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { cardSize } from './layout/place-nodes.ts';

export type CardNode = Node<{ node: TopologyNode; vertical: boolean; active: boolean; found: boolean }, 'card'>;
export type FrameNode = Node<{ namespace: string }, 'frame'>;

const hidden = { opacity: 0, pointerEvents: 'none' } as const;

/** Below this zoom nobody can read a card: its colour says how it is. */
const farZoom = 0.32;
const isFar = ({ transform }: ReactFlowState) => transform[2] < farZoom;

/** An object on the map. */
export const TopologyCard = memo(function TopologyCard({ data: { node, vertical, active, found } }: NodeProps<CardNode>) {
  const far = useStore(isFar);
  return (
    <div
      className={`relative flex cursor-pointer flex-col justify-center rounded border px-2.5 text-sm ${edgeOf(node)} ${ringOf(active, found)}`}
      style={cardSize}
    >
      <Handle type="target" position={vertical ? Position.Top : Position.Left} isConnectable={false} style={hidden} />
      {far ? <FarText node={node} /> : <CardText node={node} />}
      <Handle type="source" position={vertical ? Position.Bottom : Position.Right} isConnectable={false} style={hidden} />
    </div>
  );
});

function FarText({ node }: { node: TopologyNode }) {
  return (
    <span className="flex scale-200 justify-center">
      <StatusMark state={node.state} text={`${node.object.kind} ${node.object.name}: ${node.stateText}`} compact />
    </span>
  );
}

function CardText({ node: { object, role, state, stateText, members, issue, note } }: { node: TopologyNode }) {
  const messages = useMessages().topology;
  return (
    <>
      <span className="flex gap-2 text-soft text-xs">
        <span className="truncate">{object.kind}</span>
        {issue?.cause === true && (
          <span className="ml-auto shrink-0 font-medium text-critical" title={messages.issue(issue.title)}>
            {messages.cause}
          </span>
        )}
      </span>
      <span className="flex min-w-0 font-mono text-code">
        <Middle text={object.name} />
      </span>
      <span className="flex min-w-0 gap-2 text-xs">
        {role === 'policy' ? <span className="truncate text-soft">{note}</span> : <StatusMark state={state} text={stateText} />}
        {members !== null && <span className="ml-auto shrink-0 text-soft">{messages.members(members)}</span>}
      </span>
    </>
  );
}

function edgeOf({ exists, issue, role }: TopologyNode): string {
  if (!exists) return 'border-critical border-dashed';
  if (issue?.cause === true) return 'border-critical';
  return role === 'policy' ? 'border-line border-dashed' : 'border-line-strong';
}

function ringOf(active: boolean, found: boolean): string {
  if (active) return 'bg-surface outline-2 outline-accent outline-offset-1';
  return found ? 'bg-selected' : 'bg-surface';
}

/** What stands around the objects of one namespace. */
export const TopologyFrame = memo(function TopologyFrame({ data: { namespace } }: NodeProps<FrameNode>) {
  const messages = useMessages().topology;
  return (
    <div className="pointer-events-none size-full rounded border border-line bg-sunken px-3 py-1.5">
      <span className="block truncate font-medium text-soft">{messages.frame(namespace)}</span>
    </div>
  );
});
