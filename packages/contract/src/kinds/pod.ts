import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, nameColumn, namespaceColumn, wide } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { conditionOf, isRecent } from './health.ts';
import type { Health } from './kind-descriptor.ts';
import { type PodStatus, podStatus } from './pod-status.ts';

type Pod = KindTypes['Pod'];

/** What kubectl shows while the kubelet does its ordinary work. */
const starting = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'SchedulingGated', 'Terminating']);

/** Four columns and the health read it; an object is never changed after it was read, so each is summed up once. */
const known = new WeakMap<Pod, PodStatus>();

function statusOf(pod: Pod): PodStatus {
  const status = known.get(pod) ?? podStatus(pod);
  known.set(pod, status);
  return status;
}

function health(pod: Pod, now: number): Health {
  const { text, ready, total } = statusOf(pod);
  if (text === 'Completed' || text === 'Succeeded') return { state: 'healthy', text };
  if (text === 'Unknown') return { state: 'unknown', text };
  if (conditionOf(pod.status?.conditions, 'PodScheduled')?.reason === 'Unschedulable') return { state: 'high', text };
  if (starting.has(text) || /^Init:\d+\/\d+$/.test(text)) return { state: 'pending', text };
  if (text === 'Running' || text === 'NotReady') {
    if (ready >= total) return { state: 'healthy', text };
    // Its first probe may still be to come.
    return { state: isRecent(pod.status?.startTime, now) ? 'pending' : 'medium', text };
  }
  return { state: pod.status?.phase === 'Failed' ? 'high' : 'critical', text };
}

export const pod = defineKind('Pod', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('ready', 'Ready', 'text', (object) => {
      const { ready, total } = statusOf(object);
      return `${ready}/${total}`;
    }),
    column('status', 'Status', 'status', (object) => statusOf(object).text),
    column('restarts', 'Restarts', 'number', (object) => statusOf(object).restarts),
    column('lastRestart', 'Last restart', 'time', (object) => statusOf(object).lastRestart),
    ageColumn,
    column('ip', 'IP', 'text', (object) => object.status?.podIP),
    column('node', 'Node', 'text', (object) => object.spec?.nodeName),
    wide(column('nominatedNode', 'Nominated node', 'text', (object) => object.status?.nominatedNodeName)),
    wide(column('readinessGates', 'Readiness gates', 'text', readinessGates)),
  ],
  health,
});

function readinessGates(object: Pod): string | null {
  const gates = object.spec?.readinessGates ?? [];
  if (gates.length === 0) return null;
  const met = gates.filter((gate) => conditionOf(object.status?.conditions, gate.conditionType)?.status === 'True').length;
  return `${met}/${gates.length}`;
}
