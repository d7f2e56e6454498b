import type { KubeObject } from '@quarterdeck/contract';

/** Fields that say when something happened; others, such as a certificate's end, may lie in the future. */
const happened: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'deletionTimestamp',
  'startTime',
  'startedAt',
  'finishedAt',
  'completionTime',
  'firstTimestamp',
  'lastTimestamp',
  'eventTime',
  'lastHeartbeatTime',
  'lastProbeTime',
  'lastTransitionTime',
  'lastUpdateTime',
]);

/** ISO 8601; the last moment that the objects speak of, or null where they speak of none. */
export function latestMoment(objects: readonly KubeObject[]): string | null {
  let latest = Number.NEGATIVE_INFINITY;
  const look = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== 'string') look(inner);
      else if (happened.has(key)) latest = Math.max(latest, Date.parse(inner) || latest);
    }
  };
  for (const object of objects) look(object);
  return Number.isFinite(latest) ? new Date(latest).toISOString() : null;
}
