import { refKey, type Topology, type TopologyNode } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { edgeHealth } from './edge-health.ts';

/** The connections of a small map, line by line. */
export function AroundList({ drawn: { nodes, edges } }: { drawn: Pick<Topology, 'nodes' | 'edges'> }) {
  const messages = useMessages().topology;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return (
    <table className="w-full shrink-0 border-t">
      <caption className="sr-only">{messages.views.connections}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{messages.columns.from}</th>
          <th scope="col">{messages.columns.how}</th>
          <th scope="col">{messages.columns.to}</th>
          <th scope="col">{messages.columns.works}</th>
        </tr>
      </thead>
      <tbody>
        {edges.map(({ id, from, to, type, state, reason }) => (
          <tr key={id} className="border-b last:border-b-0">
            <td className="max-w-0 px-3 py-1">
              <End node={byId.get(from)} />
            </td>
            <td className="w-24 py-1 text-soft">{messages.types[type]}</td>
            <td className="max-w-0 px-3 py-1">
              <End node={byId.get(to)} />
            </td>
            <td className="w-40 max-w-40 py-1 pr-3">
              <StatusMark state={edgeHealth[state]} text={reason ?? messages.states[state]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function End({ node }: { node: TopologyNode | undefined }) {
  return node === undefined ? null : <ObjectChip key={refKey(node.object)} object={node.object} exists={node.exists} />;
}
