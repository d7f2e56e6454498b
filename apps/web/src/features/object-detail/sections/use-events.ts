import type { AppError, EventList } from '@quarterdeck/contract';
import { useMemo } from 'react';
import type { DataFrame } from '../../../live/live-client.ts';
import { useLive } from '../../../live/use-live.ts';
import { useClusters } from '../../clusters/clusters.tsx';

interface ObjectName {
  kind: string;
  name: string;
}

const mostGroups = 200;

function apply(state: EventList | null, frame: DataFrame): EventList | null {
  return frame.type === 'eventsSnapshot' ? { groups: frame.groups, total: frame.total, events: frame.events } : state;
}

/** The events about these objects of one namespace, live, the latest first; of a cluster's own objects they may lie anywhere. */
export function useEventsAbout(objects: readonly ObjectName[], namespace: string | null): { events: EventList | null; error: AppError | null; retry(): void } {
  const cluster = useClusters().selected?.id;
  const about = objects.map(({ kind, name }) => `${kind}/${name}`).join(',');
  const request = useMemo(() => {
    if (cluster === undefined) return null;
    return { type: 'subscribeEvents' as const, cluster, about, limit: mostGroups, ...(namespace === null ? {} : { namespace }) };
  }, [cluster, about, namespace]);
  const { state, error, retry } = useLive(request, apply);
  return { events: state, error, retry };
}
