import { type Amounts, type KindTypes, parseQuantity } from '@quarterdeck/contract';

type Pod = KindTypes['Pod'];
type Container = NonNullable<Pod['spec']>['containers'][number];
type Resource = 'cpu' | 'memory';

export const noAmounts: Amounts = { cpu: null, memory: null };

/** Capacity or allocatable of a node, in cores and bytes. */
export function amountsOf(quantities: Readonly<Record<string, string>> | undefined): Amounts {
  return { cpu: parseQuantity(quantities?.cpu), memory: parseQuantity(quantities?.memory) };
}

/** The containers that run as long as the pod does: its own, and init containers that stay (sidecars). */
export function lastingContainers(pod: Pod): Container[] {
  const sidecars = pod.spec?.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always') ?? [];
  return [...sidecars, ...(pod.spec?.containers ?? [])];
}

export function containerAmounts(container: Container | undefined, what: 'requests' | 'limits'): Amounts {
  return amountsOf(container?.resources?.[what]);
}

/** Null where none of them has one. */
export function sumOf(amounts: readonly Amounts[]): Amounts {
  const sum = (resource: Resource) => {
    const set = amounts.flatMap((each) => each[resource] ?? []);
    return set.length === 0 ? null : set.reduce((total, value) => total + value, 0);
  };
  return { cpu: sum('cpu'), memory: sum('memory') };
}

/** What the scheduler keeps free for a pod: the larger of what its containers ask for together and what an init container asks for before them, with the overhead. */
export function scheduledAmounts(pod: Pod): Amounts {
  const lasting = sumOf(lastingContainers(pod).map((container) => containerAmounts(container, 'requests')));
  const initial = (pod.spec?.initContainers ?? []).map((container) => containerAmounts(container, 'requests'));
  const overhead = amountsOf(pod.spec?.overhead);
  const larger = (resource: Resource) => Math.max(lasting[resource] ?? 0, ...initial.map((each) => each[resource] ?? 0)) + (overhead[resource] ?? 0);
  return { cpu: larger('cpu'), memory: larger('memory') };
}
