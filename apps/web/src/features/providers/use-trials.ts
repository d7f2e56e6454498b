import { modelRoutes } from '@quarterdeck/contract';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { noTrial, type TriedModel, trialWith } from './trial-state.ts';

export interface Trials {
  tried: readonly TriedModel[];
  isRunning: boolean;
  error: unknown;
  start(models: readonly string[]): void;
  stop(): void;
}

/** A comparison that goes on until it is done, stopped, or left. */
export function useTrials(): Trials {
  const { api } = useServices();
  const [tried, setTried] = useState<readonly TriedModel[]>([]);
  const [running, setRunning] = useState<AbortController | null>(null);
  const [error, setError] = useState<unknown>(null);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const start = (models: readonly string[]) => {
    const stop = new AbortController();
    leaving.current = stop;
    setRunning(stop);
    setError(null);
    setTried(noTrial(models));
    const follow = async () => {
      for await (const event of api.follow(modelRoutes.tryModels, { models: [...models] }, stop.signal)) setTried((before) => trialWith(before, event));
    };
    follow()
      .catch((thrown: unknown) => {
        if (!stop.signal.aborted) setError(thrown);
      })
      .finally(() => setRunning(null));
  };
  return { tried, isRunning: running !== null, error, start, stop: () => running?.abort() };
}
