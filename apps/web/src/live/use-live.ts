import type { AppError, Window } from '@quarterdeck/contract';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useServices } from '../app/services.ts';
import type { DataFrame, LiveState, SubscribeRequest, Subscription } from './live-client.ts';

export interface LiveValue<State> {
  /** Null until the first snapshot. */
  state: State | null;
  error: AppError | null;
  retry(): void;
}

/**
 * Keeps a subscription for as long as the component stands and folds its frames into a state. `apply` must be a
 * constant. A request that differs only in its window moves the window; any other change starts from nothing.
 */
export function useLive<State>(request: SubscribeRequest | null, apply: (state: State | null, frame: DataFrame) => State | null): LiveValue<State> {
  const { live } = useServices();
  const [value, setValue] = useState<{ key: string; state: State | null; error: AppError | null }>({ key: '', state: null, error: null });
  const [attempt, setAttempt] = useState(0);
  const subscription = useRef<Subscription | null>(null);
  const latest = useRef(request);
  latest.current = request;
  const key = request === null ? '' : JSON.stringify({ ...request, window: undefined });
  const window = request?.type === 'subscribeResources' ? JSON.stringify(request.window) : '';
  const sent = useRef(window);
  const failed = value.key === key && value.error !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the request, `attempt` for a retry.
  useEffect(() => {
    if (latest.current === null) return;
    sent.current = window;
    setValue({ key, state: null, error: null });
    subscription.current = live.subscribe(latest.current, {
      onFrame: (frame) => setValue((before) => ({ key, state: apply(before.key === key ? before.state : null, frame), error: null })),
      onError: (error) => setValue((before) => ({ ...before, key, error })),
    });
    return () => subscription.current?.close();
  }, [live, key, attempt, apply]);

  useEffect(() => {
    if (window === sent.current || window === '') return;
    sent.current = window;
    // A subscription that failed (a filter that is no regular expression) has ended: the next window starts anew.
    if (failed) {
      setAttempt((n) => n + 1);
      return;
    }
    const moved: Window = JSON.parse(window);
    subscription.current?.moveWindow(moved);
  }, [window, failed]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  return value.key === key ? { state: value.state, error: value.error, retry } : { state: null, error: null, retry };
}

/** The state of the tab's socket. */
export function useLiveState(): LiveState {
  const { live } = useServices();
  const subscribe = useCallback((listener: () => void) => live.onState(listener), [live]);
  return useSyncExternalStore(subscribe, () => live.state());
}
