import type { Capacity, KindTypes } from '@quarterdeck/contract';
import { allocatable, requestOf } from '../scheduling/node-fit.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Node = KindTypes['Node'];
type Pod = KindTypes['Pod'];

/** What the nodes offer and the pods on them ask for. What could not be read is null, never nothing. */
export function capacityOf(view: ClusterView): Capacity {
  const nodes = view.coverage('Node') === 'read' ? view.list('Node') : null;
  const pods = view.list('Pod');
  const podsRead = view.coverage('Pod') === 'read';
  const placed = podsRead && view.scope === null ? pods.filter(holdsPlace) : null;
  const share = (resource: string, asked: (pod: Pod) => number) =>
    nodes === null
      ? null
      : {
          allocatable: nodes.reduce((sum, node) => sum + allocatable(node, resource), 0),
          requested: placed === null ? null : placed.reduce((sum, pod) => sum + asked(pod), 0),
        };
  const requests = (resource: string) => (pod: Pod) => (pod.spec === undefined ? 0 : requestOf(pod.spec, resource));
  return {
    nodes: nodes === null ? null : countNodes(nodes),
    pods: podsRead || pods.length > 0 ? countPods(pods) : null,
    cpu: share('cpu', requests('cpu')),
    memory: share('memory', requests('memory')),
    podSlots: share('pods', () => 1),
  };
}

function holdsPlace({ spec, status }: Pod): boolean {
  return spec?.nodeName !== undefined && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

function countNodes(nodes: readonly Node[]): NonNullable<Capacity['nodes']> {
  const isReady = ({ status }: Node) => status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
  return { total: nodes.length, ready: nodes.filter(isReady).length, cordoned: nodes.filter(({ spec }) => spec?.unschedulable === true).length };
}

function countPods(pods: readonly Pod[]): NonNullable<Capacity['pods']> {
  const inPhase = (phase: string) => pods.filter(({ status }) => status?.phase === phase).length;
  return { total: pods.length, running: inPhase('Running'), pending: inPhase('Pending'), failed: inPhase('Failed') };
}
