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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
    <section aria-label={messages.views.connections} tabIndex={0} className="max-h-2/5 shrink-0 overflow-y-auto border-t focus-visible:-outline-offset-2">
      <table className="w-full">
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
              <td className="max-w-0 px-3 py-1 align-top">
                <End node={byId.get(from)} />
              </td>
              <td className="w-24 py-1 align-top text-soft">{messages.types[type]}</td>
              <td className="max-w-0 px-3 py-1 align-top">
                <End node={byId.get(to)} />
              </td>
              <td className="w-56 max-w-56 py-1 pr-3 align-top">
                <StatusMark state={edgeHealth[state]} text={messages.states[state]} />
                {reason !== null && <p className="break-words text-soft text-xs">{reason}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function End({ node }: { node: TopologyNode | undefined }) {
  return node === undefined ? null : <ObjectChip key={refKey(node.object)} object={node.object} exists={node.exists} />;
}
