import { type BuiltInKind, isKind, type KindTypes, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';

/** One object that is another one, new or gone. */
export interface Change {
  name: string;
  upserts: KubeObject[];
  deletes: ObjectRef[];
}

type Make = (turn: number) => Change;

/** Changes as a cluster has them, of ten kinds in turn. New pods go again, and pods that lost their readiness come back. */
export function* singleChanges(objects: readonly KubeObject[], count: number): Iterable<Change> {
  const made = changesOf(objects);
  for (let number = 0; number < count; number += 1) {
    const make = made[number % made.length];
    if (make !== undefined) yield make(Math.floor(number / made.length));
  }
}

function changesOf(objects: readonly KubeObject[]): Make[] {
  const chosen = chooser(objects);
  const upsert = (name: string, object: KubeObject): Change => ({ name, upserts: [object], deletes: [] });
  return [
    (turn) =>
      upsert(
        'pod status',
        touched(chosen('Pod', turn), (pod) => setCondition(pod, 'Initialized', turn)),
      ),
    (turn) => upsert('pod loses its readiness', touched(chosen('Pod', turn + 1), unready)),
    (turn) =>
      upsert(
        'pod is ready again',
        touched(chosen('Pod', turn + 1), () => undefined),
      ),
    (turn) => upsert('new pod', named(chosen('Pod', turn + 2))),
    (turn) => ({ name: 'pod is gone', upserts: [], deletes: [refOf(named(chosen('Pod', turn + 2)))] }),
    (turn) =>
      upsert(
        'Service',
        touched(chosen('Service', turn), ({ metadata }) => annotate(metadata, turn)),
      ),
    (turn) =>
      upsert(
        'ConfigMap',
        touched(chosen('ConfigMap', turn), (map) => Object.assign(map, { data: { ...map.data, TURN: String(turn) } })),
      ),
    (turn) =>
      upsert(
        'Event',
        touched(chosen('Event', turn), (event) => Object.assign(event, { count: turn + 2 })),
      ),
    (turn) =>
      upsert(
        'node condition',
        touched(chosen('Node', turn), (node) => Object.assign(node.status?.conditions?.[0] ?? {}, { lastHeartbeatTime: `2026-05-04T12:00:${turn % 60}Z` })),
      ),
    (turn) =>
      upsert(
        'Deployment status',
        touched(chosen('Deployment', turn), (deployment) => Object.assign(deployment.status ?? {}, { observedGeneration: turn + 1 })),
      ),
  ];
}

/** Spread over all objects of a kind. */
function chooser(objects: readonly KubeObject[]) {
  const step = 7919;
  return <K extends BuiltInKind>(kind: K, turn: number): KindTypes[K] => {
    const all = objects.filter((object) => isKind(object, kind));
    const object = all[(turn * step) % all.length];
    if (object === undefined || !isKind(object, kind)) throw new Error(`The cluster has no ${kind}.`);
    return object;
  };
}

function touched<T extends KubeObject>(object: T, change: (copy: T) => unknown): T {
  const copy = structuredClone(object);
  change(copy);
  return copy;
}

function named(pod: KubeObject): KubeObject {
  return touched(pod, ({ metadata }) => Object.assign(metadata, { name: `${metadata.name}-new`, uid: `${metadata.uid}-new` }));
}

function annotate(metadata: KubeObject['metadata'], turn: number): void {
  Object.assign(metadata, { annotations: { ...metadata.annotations, turn: String(turn) } });
}

function setCondition(pod: KindTypes['Pod'], type: string, turn: number): void {
  const condition = pod.status?.conditions?.find((each) => each.type === type);
  if (condition !== undefined) Object.assign(condition, { message: `turn ${turn}` });
}

function unready(pod: KindTypes['Pod']): void {
  for (const condition of pod.status?.conditions ?? []) if (condition.type.endsWith('Ready')) condition.status = 'False';
  for (const status of pod.status?.containerStatuses ?? []) status.ready = false;
}
