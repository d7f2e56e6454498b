import { isKind, type KindTypes, type KubeObject } from '@quarterdeck/contract';

type Pod = KindTypes['Pod'];

/** The cluster with so many of its Deployments broken, in three ways in turn. */
export function breakWorkloads(objects: readonly KubeObject[], count: number): KubeObject[] {
  const names = objects.flatMap((object) => (isKind(object, 'Deployment') ? [appOf(object)] : [])).slice(0, count);
  const ways = new Map(names.map((name, number) => [name, breakings[number % breakings.length]]));
  return objects.map((object) => {
    const way = ways.get(appOf(object));
    if (way === undefined || object.kind === 'Event') return object;
    if (isKind(object, 'Pod')) return broken(object, way);
    return isKind(object, 'Deployment') ? { ...object, status: { ...object.status, readyReplicas: 0, availableReplicas: 0 } } : object;
  });
}

function appOf({ metadata, kind }: KubeObject): string {
  const name = kind === 'Deployment' ? metadata.name : (metadata.labels?.app ?? '');
  return `${metadata.namespace}/${name}`;
}

interface Breaking {
  state: object;
  lastState: object;
  restarts: number;
}

const failed = { terminated: { exitCode: 1, reason: 'Error', startedAt: '2026-05-04T11:58:00Z', finishedAt: '2026-05-04T11:58:01Z' } };

const breakings: readonly Breaking[] = [
  { state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } }, lastState: failed, restarts: 9 },
  { state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image: not found' } }, lastState: {}, restarts: 0 },
  { state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "gone" not found' } }, lastState: {}, restarts: 0 },
];

function broken(pod: Pod, { state, lastState, restarts }: Breaking): Pod {
  const copy = structuredClone(pod);
  for (const condition of copy.status?.conditions ?? []) if (condition.type.endsWith('Ready')) condition.status = 'False';
  const [app] = copy.status?.containerStatuses ?? [];
  if (app !== undefined) Object.assign(app, { ready: false, started: false, restartCount: restarts, state, lastState });
  return copy;
}
