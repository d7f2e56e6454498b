import { AppError, isKind, type KindTypes, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { findBuiltInKind } from '../discovery/resource-kinds.ts';
import { type FollowedPods, followPods } from '../pods/follow-pods.ts';
import { builtIn, type Pod, type PodQuery, type PodTarget, podQuery } from '../pods/pods-of.ts';
import { SelectedObjects } from '../watch/selected-objects.ts';
import { systemWatchClock } from '../watch/watch-clock.ts';

type RemotePort = number | string;

export interface Backend {
  pod: string;
  port: number;
}

/** The pods behind a target, as they come and go. */
export interface Backends {
  /** Those that are ready, the one that is liked best first. Throws VALIDATION_ERROR for a port that there is not, FORBIDDEN and the like where they can't be followed any more. */
  ready(port: RemotePort): Backend[];
  /** Resolves when something is different from now. Rejects with CANCELLED when the signal aborts. */
  nextChange(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

type BackendAccess = Pick<ClusterAccess, 'kinds' | 'get' | 'list' | 'watch'>;

/** Resolves when the pods were read once. Throws as `podQuery` does. */
export async function openBackends(access: BackendAccess, target: PodTarget, signal: AbortSignal): Promise<Backends> {
  const query = await podQuery(access, target, signal);
  if (query.service !== undefined) return openServiceBackends(access, query.service, signal);
  const pinned = query.pod;
  const wider = pinned === undefined ? query : await ownersQuery(access, { namespace: query.namespace, pod: pinned }, signal);
  return new PodBackends(await followPods(access, wider, signal), pinned ?? null);
}

class PodBackends implements Backends {
  private readonly followed: FollowedPods;
  private readonly pinned: string | null;

  constructor(followed: FollowedPods, pinned: string | null) {
    this.followed = followed;
    this.pinned = pinned;
  }

  ready(port: RemotePort): Backend[] {
    const pods = this.followed.now().filter(isReady);
    const first = pods.filter((pod) => pod.metadata.name === this.pinned);
    return [...first, ...pods.filter((pod) => !first.includes(pod))].map((pod) => ({ pod: pod.metadata.name, port: portOf(pod, port) }));
  }

  nextChange(signal: AbortSignal): Promise<void> {
    return this.followed.nextChange(signal);
  }

  close(): Promise<void> {
    return this.followed.close();
  }
}

function isReady(pod: Pod): boolean {
  if (pod.metadata.deletionTimestamp !== undefined || pod.status?.phase !== 'Running') return false;
  return (pod.status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
}

function portOf(pod: Pod, port: RemotePort): number {
  if (typeof port === 'number') return port;
  const named = (pod.spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
  const found = named.find(({ name }) => name === port);
  if (found !== undefined) return found.containerPort;
  const names = named.flatMap(({ name }) => name ?? []);
  throw new AppError('VALIDATION_ERROR', `The pod ${pod.metadata.name} has no port named ${port}.`, {
    hint: names.length === 0 ? 'Give the number of the port.' : `It has: ${names.join(', ')}.`,
  });
}

/** The pods of whoever made this one, so that its replacement is found when it is gone; itself alone where nobody did. */
async function ownersQuery(access: BackendAccess, { namespace, pod }: { namespace: string; pod: string }, signal: AbortSignal): Promise<PodQuery> {
  const alone = { namespace, fieldSelector: `metadata.name=${pod}`, pod };
  const kinds = await access.kinds(signal);
  let owner = controllerOf(await access.get(builtIn(kinds, 'Pod'), namespace, pod, signal));
  if (owner === null) return alone;
  try {
    const replicaSets = findBuiltInKind(kinds, 'ReplicaSet');
    if (owner.kind === 'ReplicaSet' && replicaSets !== null) owner = controllerOf(await access.get(replicaSets, namespace, owner.name, signal)) ?? owner;
    return await podQuery(access, { namespace, kind: owner.kind, name: owner.name }, signal);
  } catch (thrown) {
    // Without the right to read its owner there is no replacement to be found; the pod itself is still there.
    if (signal.aborted) throw thrown;
    return alone;
  }
}

function controllerOf({ metadata }: { metadata: Pod['metadata'] }): { kind: string; name: string } | null {
  return metadata.ownerReferences?.find(({ controller }) => controller === true) ?? null;
}

type EndpointSlice = KindTypes['EndpointSlice'];

async function openServiceBackends(access: BackendAccess, service: KindTypes['Service'], signal: AbortSignal): Promise<Backends> {
  const { namespace = '', name } = service.metadata;
  const kind = builtIn(await access.kinds(signal), 'EndpointSlice');
  const selection = { namespace, labelSelector: `kubernetes.io/service-name=${name}` };
  const slices = new SelectedObjects(access, kind, selection, systemWatchClock);
  try {
    while (slices.now() === null) await slices.nextChange(signal);
    return new ServiceBackends(slices, service);
  } catch (thrown) {
    await slices.close();
    throw toAppError(thrown);
  }
}

class ServiceBackends implements Backends {
  private readonly slices: SelectedObjects;
  private readonly service: KindTypes['Service'];

  constructor(slices: SelectedObjects, service: KindTypes['Service']) {
    this.slices = slices;
    this.service = service;
  }

  ready(port: RemotePort): Backend[] {
    const name = this.portName(port);
    const slices = [...(this.slices.now()?.values() ?? [])].filter((object): object is EndpointSlice => isKind(object, 'EndpointSlice'));
    const backends = slices.flatMap((slice) => backendsOf(slice, name));
    return backends.filter(({ pod }, index) => backends.findIndex((other) => other.pod === pod) === index);
  }

  nextChange(signal: AbortSignal): Promise<void> {
    return this.slices.nextChange(signal);
  }

  close(): Promise<void> {
    return this.slices.close();
  }

  /** The name under which the slices know the Service's port; the empty one for the only port. */
  private portName(port: RemotePort): string {
    const ports = this.service.spec?.ports ?? [];
    const found = ports.find((each) => each.port === port || each.name === port);
    if (found !== undefined) return found.name ?? '';
    const known = ports.map((each) => (each.name === undefined ? String(each.port) : `${each.port} (${each.name})`)).join(', ');
    throw new AppError('VALIDATION_ERROR', `The Service ${this.service.metadata.name} has no port ${port}.`, { hint: `It has: ${known || 'none'}.` });
  }
}

function backendsOf(slice: EndpointSlice, portName: string): Backend[] {
  const port = (slice.ports ?? []).find(({ name }) => (name ?? '') === portName)?.port;
  if (port === undefined) return [];
  const ready = (slice.endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false && conditions?.terminating !== true);
  return ready.flatMap(({ targetRef }) => (targetRef?.kind === 'Pod' && targetRef.name !== undefined ? [{ pod: targetRef.name, port }] : []));
}
