import { type AppError, type HelmEvent, toAppError } from '@quarterdeck/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { followOperation, type HelmOperation } from './helm-operation.ts';
import { useReadAgain } from './use-helm.ts';

export interface OperationRun {
  state: 'idle' | 'running' | 'succeeded' | 'failed' | 'lost';
  events: readonly HelmEvent[];
  /** Why it was not started, or why nothing more is heard of it. */
  error: AppError | null;
}

const idle: OperationRun = { state: 'idle', events: [], error: null };

/** Runs one operation and shows it as it goes. Leaving stops the listening, not the operation. */
export function useOperation() {
  const { api } = useServices();
  const scope = useClusterScope();
  const readAgain = useReadAgain();
  const [run, setRun] = useState<OperationRun>(idle);
  const listening = useRef<AbortController | null>(null);
  useEffect(() => () => listening.current?.abort(), []);
  const start = useCallback(
    async (operation: HelmOperation) => {
      const controller = new AbortController();
      listening.current = controller;
      setRun({ state: 'running', events: [], error: null });
      try {
        for await (const event of followOperation(api, scope, operation, controller.signal)) setRun((before) => withEvent(before, event));
        setRun((before) => (before.state === 'running' ? { ...before, state: 'lost' } : before));
      } catch (thrown) {
        if (controller.signal.aborted) return;
        setRun((before) => ({ ...before, state: before.events.length === 0 ? 'idle' : 'lost', error: toAppError(thrown) }));
      } finally {
        readAgain();
      }
    },
    [api, scope, readAgain],
  );
  return { run, start };
}

function withEvent(run: OperationRun, event: HelmEvent): OperationRun {
  const state = event.type === 'ended' ? (event.succeeded ? 'succeeded' : 'failed') : 'running';
  return { ...run, state, events: [...run.events, event] };
}
