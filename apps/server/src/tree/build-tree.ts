import {
  descriptorFor,
  type HealthState,
  healthStates,
  isKind,
  type KindTypes,
  type KubeObject,
  refKey,
  refOf,
  refTo,
  type TreeNode,
} from '@quarterdeck/contract';

/** The kinds that the tree is made of; ReplicaSets and Jobs are how a pod finds its workload. */
export const treeKinds = ['Namespace', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'CronJob', 'Job', 'Pod'] as const;

/** Namespaces with their workloads, pods and containers, by name. `now` is epoch milliseconds. */
export function buildTree(objects: readonly KubeObject[], now: number): TreeNode[] {
  const byUid = new Map(objects.map((object) => [object.metadata.uid, object]));
  const children = Map.groupBy(objects.filter(isWorkloadOrPod), (object) => keyOf(workloadOf(object, byUid)));
  const workloads = objects.filter((object) => isWorkloadOrPod(object) && workloadOf(object, byUid) === object && !isSuperseded(object));
  const byNamespace = Map.groupBy(workloads, (object) => object.metadata.namespace ?? '');
  const known = objects.filter((object) => isKind(object, 'Namespace')).map((object) => object.metadata.name);
  const names = [...new Set([...known, ...byNamespace.keys()])].sort();
  return names.map((name) => {
    const nodes = (byNamespace.get(name) ?? []).map((workload) => workloadNode(workload, children.get(keyOf(workload)) ?? [], now));
    const own = objects.find((object) => isKind(object, 'Namespace') && object.metadata.name === name);
    return namespaceNode(name, own, nodes.sort(byLabel), now);
  });
}

function namespaceNode(name: string, object: KubeObject | undefined, children: TreeNode[], now: number): TreeNode {
  const ref = object === undefined ? refTo('Namespace', null, name) : refOf(object);
  const own = object === undefined ? null : descriptorFor(object.apiVersion, object.kind).health(object, now);
  const state = worst([own?.state ?? 'healthy', ...children.map((child) => child.state)]);
  const stateText = own?.state === state ? own.text : trouble(state, children);
  return { id: refKey(ref), label: name, kind: 'Namespace', object: ref, state, stateText, children };
}

/** What gives a namespace its state, e.g. `2 of 3 unwell`; nothing where all is well. */
function trouble(state: HealthState, children: readonly TreeNode[]): string {
  const unwell = children.filter((child) => isUnwell(child.state)).length;
  if (unwell > 0) return `${unwell} of ${children.length} unwell`;
  return state === 'healthy' ? '' : `${children.filter((child) => child.state === state).length} of ${children.length} ${state}`;
}

/** A workload with its pods; a pod without one stands for itself. */
function workloadNode(workload: KubeObject, owned: readonly KubeObject[], now: number): TreeNode {
  if (isKind(workload, 'Pod')) return podNode(workload, now);
  const pods = owned.filter((object) => isKind(object, 'Pod'));
  const children = pods.map((pod) => podNode(pod, now)).sort(byLabel);
  const ended = new Set(pods.filter(({ status }) => status?.phase === 'Failed' || status?.phase === 'Succeeded').map(keyOf));
  const alive = children.filter(({ id }) => !ended.has(id));
  return { ...raisedBy(alive, objectNode(workload, now)), children };
}

/** A workload is as unwell as its worst pod, and says so. Pods that ended are history: its own status tells what they mean. */
function raisedBy(pods: readonly TreeNode[], own: TreeNode): TreeNode {
  const state = worst([own.state, ...pods.map((pod) => pod.state)]);
  if (state === own.state || !isUnwell(state)) return own;
  const reason = pods.find((pod) => pod.state === state)?.stateText ?? '';
  return { ...own, state, stateText: [own.stateText, reason].filter((text) => text !== '').join(', ') };
}

function podNode(pod: KindTypes['Pod'], now: number): TreeNode {
  const node = objectNode(pod, now);
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const containers = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  const children = containers.map(({ name }) =>
    containerNode(
      node.id,
      name,
      statuses.find((status) => status.name === name),
    ),
  );
  return { ...node, children };
}

type ContainerStatus = NonNullable<NonNullable<KindTypes['Pod']['status']>['containerStatuses']>[number];

function containerNode(pod: string, name: string, status: ContainerStatus | undefined): TreeNode {
  return { id: `${pod}/${name}`, label: name, kind: 'Container', object: null, ...containerHealth(status), children: [] };
}

function containerHealth(status: ContainerStatus | undefined): { state: HealthState; stateText: string } {
  const { waiting, terminated, running } = status?.state ?? {};
  if (running !== undefined) return { state: status?.ready || status?.started !== false ? 'healthy' : 'medium', stateText: 'Running' };
  if (terminated !== undefined)
    return { state: terminated.exitCode === 0 ? 'healthy' : 'critical', stateText: terminated.reason ?? `ExitCode:${terminated.exitCode}` };
  const reason = waiting?.reason ?? 'Waiting';
  return { state: /^(ContainerCreating|PodInitializing|Waiting)$/.test(reason) ? 'pending' : 'critical', stateText: reason };
}

function objectNode(object: KubeObject, now: number): TreeNode {
  const { state, text } = descriptorFor(object.apiVersion, object.kind).health(object, now);
  return { id: keyOf(object), label: object.metadata.name, kind: object.kind, object: refOf(object), state, stateText: text, children: [] };
}

function isWorkloadOrPod(object: KubeObject): boolean {
  return object.metadata.namespace !== undefined;
}

/** The top controller of an object, as far as it was read; the object itself where it has none. */
function workloadOf(object: KubeObject, byUid: ReadonlyMap<string | undefined, KubeObject>, depth = 0): KubeObject {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller === true);
  const found = owner === undefined ? undefined : byUid.get(owner.uid);
  return found === undefined || depth > 4 ? object : workloadOf(found, byUid, depth + 1);
}

/** A ReplicaSet whose Deployment was not read and that holds nothing is an old revision, not a workload. */
function isSuperseded(object: KubeObject): boolean {
  return isKind(object, 'ReplicaSet') && object.spec?.replicas === 0 && (object.metadata.ownerReferences ?? []).length > 0;
}

function keyOf(object: KubeObject): string {
  return refKey(refOf(object));
}

const unwell: readonly HealthState[] = ['missing', 'critical', 'high', 'medium'];

function isUnwell(state: HealthState): boolean {
  return unwell.includes(state);
}

/** The states stand in this order from worst to best; what is scaled down or paused does not worry its namespace. */
function worst(states: readonly HealthState[]): HealthState {
  return healthStates.find((state) => state !== 'scaledToZero' && state !== 'paused' && states.includes(state)) ?? 'healthy';
}

function byLabel(a: TreeNode, b: TreeNode): number {
  return a.label.localeCompare(b.label, 'en', { numeric: true });
}
