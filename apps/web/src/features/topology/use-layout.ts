import type { Topology } from '@quarterdeck/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { createLayoutEngine, type LayoutEngine } from './layout/layout-engine.ts';
import { openLayoutWorker } from './layout/layout-worker.ts';
import { type Places, placeNodes } from './layout/place-nodes.ts';

interface Layout {
  /** Null until there is a first one. */
  places: Places | null;
  /** Why nothing can be laid out. */
  error: unknown;
  /** Forgets where everything stands. */
  arrange(): void;
}

/** Places that stay: a change of the cluster moves nothing that is on screen. */
export function useLayout(drawn: Pick<Topology, 'nodes' | 'edges'>, vertical: boolean): Layout {
  const [places, setPlaces] = useState<Places | null>(null);
  const [error, setError] = useState<unknown>(null);
  const engine = useEngine(setError);
  const [arranged, setArranged] = useState(0);
  const standing = useRef<Places>(new Map());
  const shape = shapeOf(drawn);
  const latest = useRef(drawn);
  latest.current = drawn;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands where depends on which nodes and edges there are, and not on how they are.
  useEffect(() => {
    if (engine === null) return;
    let left = false;
    const current = latest.current;
    engine.layout(current, vertical).then(
      (best) => {
        if (left) return;
        standing.current = placeNodes(current, best, standing.current);
        setPlaces(standing.current);
        setError(null);
      },
      (thrown: unknown) => !left && setError(thrown),
    );
    return () => {
      left = true;
    };
  }, [engine, shape, vertical, arranged]);
  const arrange = useCallback(() => {
    standing.current = new Map();
    setArranged((before) => before + 1);
  }, []);
  return { places, error, arrange };
}

/** The worker lives as long as the map is shown. */
function useEngine(onError: (thrown: unknown) => void): LayoutEngine | null {
  const [engine, setEngine] = useState<LayoutEngine | null>(null);
  useEffect(() => {
    const opened = openEngine(onError);
    setEngine(opened);
    return () => opened?.close();
  }, [onError]);
  return engine;
}

/** Null where the browser lets no worker start. */
function openEngine(onError: (thrown: unknown) => void): LayoutEngine | null {
  try {
    return createLayoutEngine(openLayoutWorker);
  } catch (thrown) {
    onError(thrown);
    return null;
  }
}

function shapeOf({ nodes, edges }: Pick<Topology, 'nodes' | 'edges'>): string {
  return JSON.stringify([nodes.map(({ id }) => id), edges.map(({ id }) => id)]);
}
