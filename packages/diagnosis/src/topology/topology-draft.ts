import {
  descriptorFor,
  type HealthState,
  type ObjectRef,
  refKey,
  type TopologyEdge,
  type TopologyEdgeState,
  type TopologyEdgeType,
  type TopologyNode,
  type TopologyRole,
} from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';

export interface EdgeDraft {
  from: ObjectRef;
  to: ObjectRef;
  type: TopologyEdgeType;
  label?: string;
  state?: TopologyEdgeState;
  reason?: string;
}

/** What is worse stays where two say different things of one edge. */
const worstFirst: readonly TopologyEdgeState[] = ['blocked', 'broken', 'pending', 'idle', 'ok'];

/** Labels of one edge beyond so many are counted. */
const mostLabels = 2;

type NodeFacts = Partial<Pick<TopologyNode, 'pods' | 'note' | 'state' | 'stateText'>>;

/** Nodes and edges as they are found; an object is one node, and two objects have one edge of a type. */
export class TopologyDraft {
  readonly view: ClusterView;
  readonly #nodes = new Map<string, TopologyNode>();
  readonly #edges = new Map<string, TopologyEdge & { labels: Set<string> }>();
  readonly #isShown: (ref: ObjectRef) => boolean;

  /** `isShown`: whether an object may be named at all. */
  constructor(view: ClusterView, isShown: (ref: ObjectRef) => boolean) {
    this.view = view;
    this.#isShown = isShown;
  }

  node(object: ObjectRef, role: TopologyRole, facts: NodeFacts = {}): void {
    if (!this.#isShown(object)) return;
    const id = refKey(object);
    const before = this.#nodes.get(id);
    if (before !== undefined) {
      this.#nodes.set(id, { ...before, ...facts });
      return;
    }
    const own = this.#stateOf(object);
    this.#nodes.set(id, { id, object, role, ...own, pods: null, members: null, issue: null, note: null, ...(own.exists ? facts : {}) });
  }

  /** Between two nodes that are there; an end that may not be shown takes the edge with it. */
  edge({ from, to, type, label = '', state = 'ok', reason }: EdgeDraft): void {
    const [start, end] = [refKey(from), refKey(to)];
    if (!this.#nodes.has(start) || !this.#nodes.has(end)) return;
    const id = `${start}>${type}>${end}`;
    const before = this.#edges.get(id);
    if (before === undefined) {
      const labels = new Set(label === '' ? [] : [label]);
      this.#edges.set(id, { id, from: start, to: end, type, label, state, reason: reason ?? null, count: 1, labels });
      return;
    }
    if (label !== '') before.labels.add(label);
    if (worstFirst.indexOf(state) >= worstFirst.indexOf(before.state)) return;
    before.state = state;
    before.reason = reason ?? null;
  }

  has(ref: ObjectRef): boolean {
    return this.#nodes.has(refKey(ref));
  }

  nodes(): TopologyNode[] {
    return [...this.#nodes.values()];
  }

  edges(): TopologyEdge[] {
    return [...this.#edges.values()].map(({ labels, ...edge }) => ({ ...edge, label: joined([...labels]) }));
  }

  #stateOf(object: ObjectRef): { exists: boolean; state: HealthState; stateText: string } {
    const found = this.view.find(object);
    if (found === undefined) {
      return this.view.isMissing(object)
        ? { exists: false, state: 'missing', stateText: 'does not exist' }
        : { exists: true, state: 'unknown', stateText: 'not read' };
    }
    const { state, text } = descriptorFor(object.apiVersion, object.kind).health(found, this.view.now);
    return { exists: true, state, stateText: text };
  }
}

function joined(labels: readonly string[]): string {
  const shown = labels.slice(0, mostLabels).join(', ');
  return labels.length > mostLabels ? `${shown} +${labels.length - mostLabels}` : shown;
}
