import { clusterRoutes } from '@quarterdeck/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';

interface Connecting {
  /** Those that are being connected, or wait for their turn. */
  connecting: ReadonlySet<string>;
  connect(ids: readonly string[]): void;
}

/** Connects clusters one after the other, so that logins do not come in a storm; what came of each shows in its state. */
export function useConnectInTurn(): Connecting {
  const { api } = useServices();
  const [connecting, setConnecting] = useState<ReadonlySet<string>>(new Set());
  const left = useRef(new AbortController());
  useEffect(() => {
    const leaving = new AbortController();
    left.current = leaving;
    return () => leaving.abort();
  }, []);
  const connect = useCallback(
    (ids: readonly string[]) => {
      const { signal } = left.current;
      const turn = async (cluster: string) => {
        // Why it failed is the cluster's own state, which is shown.
        await api.call(clusterRoutes.connectCluster, { cluster }, { signal }).catch(() => undefined);
        setConnecting((before) => new Set([...before].filter((id) => id !== cluster)));
      };
      setConnecting((before) => new Set([...before, ...ids]));
      void ids.reduce((before, id) => before.then(() => (signal.aborted ? undefined : turn(id))), Promise.resolve());
    },
    [api],
  );
  return { connecting, connect };
}
