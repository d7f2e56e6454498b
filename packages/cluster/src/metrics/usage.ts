import type { Amounts, KindTypes, NodeUsage, PodUsage } from '@quarterdeck/contract';
import { amountsOf, containerAmounts, lastingContainers, noAmounts, scheduledAmounts, sumOf } from './asked-amounts.ts';
import type { NodeMeasurement, PodMeasurement } from './metrics-server.ts';

type Pod = KindTypes['Pod'];
type Node = KindTypes['Node'];

/** What pods use beside what they ask for and may have; pods that could not be read have neither. */
export function podUsage(measured: readonly PodMeasurement[], pods: readonly Pod[]): PodUsage[] {
  const byName = new Map(pods.map((pod) => [`${pod.metadata.namespace}/${pod.metadata.name}`, lastingContainers(pod)]));
  return measured.map(({ containers, ...measurement }) => {
    const specified = byName.get(`${measurement.namespace}/${measurement.name}`) ?? [];
    const used = containers.map((container) => {
      const spec = specified.find(({ name }) => name === container.name);
      return { ...container, requests: containerAmounts(spec, 'requests'), limits: containerAmounts(spec, 'limits') };
    });
    const together = (what: 'requests' | 'limits') => sumOf(specified.map((container) => containerAmounts(container, what)));
    return { ...measurement, ...totals(used), requests: together('requests'), limits: together('limits'), containers: used };
  });
}

/** What nodes use beside what they have and what is asked of them. `pods` is null where they could not be read. */
export function nodeUsage(measured: readonly NodeMeasurement[], nodes: readonly Node[], pods: readonly Pod[] | null): NodeUsage[] {
  const byName = new Map(nodes.map((node) => [node.metadata.name, node]));
  const asked = pods === null ? null : askedByNode(pods);
  return measured.map(({ namespace: _namespace, ...measurement }) => {
    const status = byName.get(measurement.name)?.status;
    const requested = asked === null ? noAmounts : sumOf(asked.get(measurement.name) ?? [{ cpu: 0, memory: 0 }]);
    return { ...measurement, capacity: amountsOf(status?.capacity), allocatable: amountsOf(status?.allocatable), requested };
  });
}

export function clusterUsage(nodes: readonly NodeUsage[]) {
  const sum = (what: 'capacity' | 'allocatable' | 'requested') => sumOf(nodes.map((node) => node[what]));
  return { ...totals(nodes), capacity: sum('capacity'), allocatable: sum('allocatable'), requested: sum('requested') };
}

function askedByNode(pods: readonly Pod[]): Map<string, Amounts[]> {
  const asked = new Map<string, Amounts[]>();
  for (const pod of pods) {
    const { nodeName } = pod.spec ?? {};
    if (nodeName === undefined || pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') continue;
    const amounts = asked.get(nodeName) ?? [];
    amounts.push(scheduledAmounts(pod));
    asked.set(nodeName, amounts);
  }
  return asked;
}

function totals(parts: readonly { cpu: number; memory: number }[]): { cpu: number; memory: number } {
  return { cpu: parts.reduce((sum, { cpu }) => sum + cpu, 0), memory: parts.reduce((sum, { memory }) => sum + memory, 0) };
}
