import type { ClusterMetrics, MetricsScope } from '@quarterdeck/cluster';
import {
  builtInKinds,
  type MetricQuery,
  type MetricsHistory,
  type MetricsNow,
  type MetricsSourceState,
  type MetricsUnavailable,
  type MetricTarget,
  refTo,
} from '@quarterdeck/contract';
import type { Sight } from './sight.ts';

/** The numbers that handlers may ask for. */
export type MetricsOfCluster = Pick<ClusterMetrics, 'now' | 'history' | 'sources' | 'remember'>;

const pods = { ...builtInKinds.Pod, kind: 'Pod' };
const nodes = { ...builtInKinds.Node, kind: 'Node' };

const nothing: MetricsUnavailable = {
  state: 'unavailable',
  reason: 'There is no such thing in this cluster that you could see.',
  remedy: 'Ask for something that your access policy shows.',
};

/** The numbers of a cluster as one policy shows them: of visible things, and no sum that counts hidden ones. */
export class SeenMetrics implements MetricsOfCluster {
  private readonly all: MetricsOfCluster;
  private readonly sight: Sight;

  constructor(all: MetricsOfCluster, sight: Sight) {
    this.all = all;
    this.sight = sight;
  }

  async now(scope: MetricsScope, signal: AbortSignal): Promise<MetricsNow> {
    if (!this.sight.seesKind(scope.of === 'nodes' ? nodes : pods)) return nothing;
    if (scope.of === 'pods' && scope.namespace !== null && !this.sight.seesNamespace(scope.namespace)) return nothing;
    const answer = await this.all.now(scope, signal);
    return answer.state === 'available' ? this.seenNow(answer) : answer;
  }

  async history(query: MetricQuery, signal: AbortSignal): Promise<MetricsHistory> {
    if (!this.seesTarget(query.target)) return nothing;
    const answer = await this.all.history(query, signal);
    return answer.state === 'available' ? { ...answer, source: placeless(answer.source) } : nothing;
  }

  /** Whether there are any; where they are is somebody else's to know. */
  async sources(signal: AbortSignal): Promise<MetricsSourceState[]> {
    const found = await this.all.sources(signal);
    return found.map(({ id, state }) => ({ id, state, place: null, reason: state === 'available' ? null : 'It does not answer.', remedy: null, looked: [] }));
  }

  remember(): void {
    this.all.remember();
  }

  private seenNow(answer: Extract<MetricsNow, { state: 'available' }>): MetricsNow {
    const counted = this.sight.seesAllOf(pods);
    const uncounted = { cpu: null, memory: null };
    const asked = <T extends { requested: object }>(usage: T): T => (counted ? usage : { ...usage, requested: uncounted });
    return {
      ...answer,
      source: placeless(answer.source),
      pods: answer.pods.filter(({ namespace, name }) => this.sight.sees(refTo('Pod', namespace, name))),
      nodes: answer.nodes.map(asked),
      cluster: answer.cluster === null ? null : asked(answer.cluster),
    };
  }

  private seesTarget(target: MetricTarget): boolean {
    const { sight } = this;
    switch (target.kind) {
      case 'cluster':
        return sight.seesAllOf(pods) && sight.seesAllOf(nodes);
      case 'node':
        return sight.seesAllOf(nodes);
      case 'namespace':
        return sight.seesNamespace(target.namespace) && sight.seesKind(pods);
      case 'workload':
        return sight.sees(refTo(target.workloadKind, target.namespace, target.name)) && sight.seesKind(pods);
      case 'pod':
        return sight.sees(refTo('Pod', target.namespace, target.name));
      case 'container':
        return sight.sees(refTo('Pod', target.namespace, target.pod));
      case 'claim':
        return sight.sees(refTo('PersistentVolumeClaim', target.namespace, target.name));
    }
  }
}

/** The name of a source without the Service that it is. */
function placeless(source: string): string {
  return source.split(' ')[0] ?? '';
}
