import { refLabel, type Topology, type TopologyEdge, type TopologyEdgeState, type TopologyNode } from '@quarterdeck/contract';
import { type Messages, useMessages } from '../../messages/language.ts';
import { edgeLooks } from './map-elements.ts';

interface MapStatusProps {
  drawn: Pick<Topology, 'nodes' | 'edges'>;
  /** The node or edge that was chosen. */
  active: string | null;
  keysId: string;
}

const explained: readonly TopologyEdgeState[] = ['ok', 'broken', 'blocked', 'pending', 'idle'];

/** What is chosen, in a sentence; what the lines mean while nothing is. */
export function MapStatus({ drawn, active, keysId }: MapStatusProps) {
  const all = useMessages();
  const messages = all.topology;
  const sentence = active === null ? '' : sentenceOf(drawn, active, all);
  return (
    <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-5 gap-y-1 border-t bg-surface px-3 py-1.5">
      <p role="status" className="min-w-0 break-words empty:hidden">
        {sentence}
      </p>
      {sentence === '' && <Legend />}
      <p id={keysId} className={`text-soft text-xs ${sentence === '' ? 'hidden lg:ml-auto lg:block' : 'sr-only'}`}>
        {messages.keys}
      </p>
    </div>
  );
}

function Legend() {
  const messages = useMessages().topology;
  return (
    <ul aria-label={messages.legend} className="flex flex-wrap gap-x-4 gap-y-1 text-soft text-xs">
      {explained.map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <svg viewBox="0 0 28 8" className="h-2 w-7" aria-hidden="true">
            <path d="M0 4h28" fill="none" strokeWidth="2" stroke={edgeLooks[state].stroke} strokeDasharray={edgeLooks[state].dash} />
          </svg>
          {edgeLooks[state].sign} {messages.states[state]}
        </li>
      ))}
    </ul>
  );
}

function sentenceOf({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>, active: string, { common, topology: messages }: Messages): string {
  const edge = edges.find(({ id }) => id === active);
  if (edge !== undefined) return edgeSentence(edge, nodes, messages);
  const node = nodes.find(({ id }) => id === active);
  if (node === undefined) return '';
  const ways = messages.connections(edges.filter(({ to }) => to === node.id).length, edges.filter(({ from }) => from === node.id).length);
  const parts = [node.stateText || common.states[node.state], node.issue === null ? '' : messages.issue(node.issue.title), node.note ?? '', ways];
  return messages.stands(refLabel(node.object), parts.filter((part) => part !== '').join('; '));
}

function edgeSentence({ from, to, type, label, state, reason }: TopologyEdge, nodes: readonly TopologyNode[], messages: Messages['topology']): string {
  const name = (id: string) => {
    const node = nodes.find((each) => each.id === id);
    return node === undefined ? id : refLabel(node.object);
  };
  const what = [name(from), messages.types[type], name(to), label].filter((part) => part !== '').join(' ');
  return messages.stands(what, reason === null ? messages.states[state] : `${messages.states[state]}. ${reason}`);
}
