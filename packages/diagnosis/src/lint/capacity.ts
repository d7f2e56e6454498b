import { type ObjectRef, parseQuantity, refTo } from '@quarterdeck/contract';
import { isLive, type Pod } from '../pods/containers.ts';
import { formatQuantity } from '../scheduling/quantity.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { defineLint } from './define-lint.ts';

export const quotaNearLimit = defineLint({
  code: 'quota-near-limit',
  title: 'ResourceQuota that is almost used up',
  documentation: 'The next rollout needs room for a pod more and may be refused. Ask for more, or let somebody ask for less.',
  severity: 'low',
  silentWhen: 'Less than the threshold quotaPercent is used, or the quota is zero on purpose.',
  kind: 'ResourceQuota',
  *check({ status }, _view, { thresholds }) {
    for (const [resource, hard] of Object.entries(status?.hard ?? {})) {
      const [used, limit] = [parseQuantity(status?.used?.[resource]) ?? 0, parseQuantity(hard) ?? 0];
      if (limit > 0 && used * 100 >= limit * thresholds.quotaPercent)
        yield { path: `status.used["${resource}"]`, message: `${resource}: ${status?.used?.[resource]} of ${hard} is used.` };
    }
  },
});

export const autoscalerFixed = defineLint({
  code: 'autoscaler-fixed',
  title: 'Autoscaler that cannot scale',
  documentation:
    'minReplicas and maxReplicas are the same: it only holds the number, and undoes every kubectl scale. Set the number in the workload, or give it room.',
  severity: 'info',
  silentWhen: 'The two differ.',
  kind: 'HorizontalPodAutoscaler',
  *check({ spec }) {
    if (spec !== undefined && (spec.minReplicas ?? 1) === spec.maxReplicas)
      yield { path: 'spec.maxReplicas', message: `It holds ${spec.maxReplicas} replicas.` };
  },
});

export const priorityByDefault = defineLint({
  code: 'priority-by-default',
  title: 'Pods that name no PriorityClass push others off',
  documentation:
    'A PriorityClass with globalDefault and a value above zero makes every new pod more important than those that ran before it was made: a test deployment may push production off its nodes.',
  severity: 'low',
  silentWhen: 'The value is zero or less, or no running pod has a lower priority.',
  kind: 'PriorityClass',
  *check({ metadata, globalDefault, value }, view) {
    const others = view.list('PriorityClass').filter((other) => other.globalDefault === true && other.metadata.name !== metadata.name);
    if (globalDefault !== true) return;
    if (others.length > 0) yield { path: 'globalDefault', message: `${others[0]?.metadata.name} is the default as well.` };
    else if (value > 0 && view.list('Pod').some((pod) => isLive(pod) && (pod.spec?.priority ?? 0) < value))
      yield { path: 'globalDefault', message: `Every new pod has priority ${value}, more than some that run.` };
  },
});

function requested(pod: Pod, resource: string): number {
  const sum = (pod.spec?.containers ?? []).reduce((total, container) => total + (parseQuantity(container.resources?.requests?.[resource]) ?? 0), 0);
  const init = (pod.spec?.initContainers ?? []).map((container) => parseQuantity(container.resources?.requests?.[resource]) ?? 0);
  return Math.max(sum, ...init);
}

function livePod({ kind, namespace, name }: ObjectRef, view: ClusterView): Pod | null {
  const pod = kind === 'Pod' ? view.get('Pod', namespace, name) : undefined;
  return pod !== undefined && isLive(pod) ? pod : null;
}

export const nodeFull = defineLint({
  code: 'node-almost-full',
  title: 'Node with hardly any room',
  documentation:
    'The requests of its pods, or their number, come near to what the node may take: after the loss of another node its pods find no place here. Add a node or lower requests.',
  severity: 'info',
  silentWhen: 'Less than the thresholds nodeRequestsPercent and nodePodsPercent are taken, or pods of some namespaces were not read.',
  kind: 'Node',
  *check({ metadata, status }, view, { thresholds }) {
    if (view.scope !== null || view.coverage('Pod') !== 'read') return;
    const pods = view.incoming(refTo('Node', null, metadata.name), 'runsOn').flatMap(({ from }) => livePod(from, view) ?? []);
    const room = parseQuantity(status?.allocatable?.pods) ?? 0;
    if (room > 0 && pods.length * 100 >= room * thresholds.nodePodsPercent)
      yield { path: 'status.allocatable.pods', message: `${pods.length} of ${room} pods.` };
    for (const resource of ['cpu', 'memory'] as const) {
      const [taken, most] = [pods.reduce((sum, pod) => sum + requested(pod, resource), 0), parseQuantity(status?.allocatable?.[resource]) ?? 0];
      if (most > 0 && taken * 100 >= most * thresholds.nodeRequestsPercent)
        yield {
          path: `status.allocatable.${resource}`,
          message: `${formatQuantity(resource, taken)} of ${formatQuantity(resource, most)} ${resource} is requested.`,
        };
    }
  },
});

const forgottenMs = 24 * 3600 * 1000;

export const nodeCordoned = defineLint({
  code: 'node-cordoned',
  title: 'Node that has been cordoned for long',
  documentation: 'The node takes no new pods since somebody cordoned it, more than a day ago, and costs what it costs. Drain and remove it, or uncordon it.',
  severity: 'info',
  silentWhen: 'It was cordoned within the last day; where pods find no node because of it there is an issue.',
  kind: 'Node',
  *check({ spec }, view) {
    const taint = spec?.taints?.find(({ key }) => key === 'node.kubernetes.io/unschedulable');
    if (spec?.unschedulable === true && taint?.timeAdded !== undefined && view.passed(Date.parse(taint.timeAdded) + forgottenMs))
      yield { path: 'spec.unschedulable', message: `It takes no new pods since ${taint.timeAdded.slice(0, 10)}.` };
  },
});

export const capacityChecks = [nodeCordoned, quotaNearLimit, autoscalerFixed, priorityByDefault, nodeFull];
