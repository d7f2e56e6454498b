import { type Forward, forwardRoutes, type RouteCall } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';
import type { DataFrame } from '../../live/live-client.ts';
import { useLive } from '../../live/use-live.ts';
import { type Traffic, withSamples } from './traffic.ts';

const request = { type: 'subscribeForwards' } as const;
const noTraffic: Traffic = new Map();

function apply(state: readonly Forward[] | null, frame: DataFrame): readonly Forward[] | null {
  return frame.type === 'forwardsSnapshot' ? frame.forwards : state;
}

/** The forwards of all clusters, live; `wanted` is whether anybody may know of them. */
export function useForwards(wanted: boolean) {
  return useLive(wanted ? request : null, apply);
}

/** What went through each of them lately, as far as it was looked at. */
export function useTraffic(forwards: readonly Forward[] | null): Traffic {
  const [traffic, setTraffic] = useState(noTraffic);
  useEffect(() => {
    if (forwards === null) return;
    setTraffic((before) => withSamples(before, forwards, performance.now()));
  }, [forwards]);
  return traffic;
}

export function useStartForward(onStarted: (forward: Forward) => void) {
  const { api } = useServices();
  return useMutation({
    mutationFn: (wanted: RouteCall<typeof forwardRoutes.startForward>) => api.call(forwardRoutes.startForward, wanted),
    onSuccess: onStarted,
  });
}

/** Starting, stopping and forgetting one that is there; what becomes of it comes with the live list. */
export function useForwardControl({ id, cluster }: Pick<Forward, 'id' | 'cluster'>) {
  const { api } = useServices();
  return useMutation({
    async mutationFn(step: { do: 'start'; autostart: boolean } | { do: 'stop' } | { do: 'forget' }) {
      if (step.do === 'start') await api.call(forwardRoutes.resumeForward, { id, cluster, autostart: step.autostart });
      else await api.call(forwardRoutes.stopForward, { id, cluster, forget: step.do === 'forget' });
    },
  });
}
