import { type AppError, type RevealedValue, secretRoutes, toAppError } from '@quarterdeck/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useServices } from '../../../app/services.ts';
import { useClusterScope } from '../../clusters/clusters.tsx';

/** How long a value stays on the page. Milliseconds. */
const shownFor = 30_000;

export interface Reveal {
  revealed: RevealedValue | null;
  pending: boolean;
  error: AppError | null;
  reveal(): void;
  hide(): void;
}

/** One value of a Secret: asked for, kept for half a minute and nowhere else, and forgotten with the component. */
export function useRevealedValue(place: { namespace: string; name: string; key: string }): Reveal {
  const { api } = useServices();
  const scope = useClusterScope();
  const [state, setState] = useState<Pick<Reveal, 'revealed' | 'pending' | 'error'>>({ revealed: null, pending: false, error: null });
  const asking = useRef<AbortController | null>(null);
  const { namespace, name, key } = place;
  const hide = useCallback(() => {
    asking.current?.abort();
    setState({ revealed: null, pending: false, error: null });
  }, []);
  const reveal = () => {
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    setState({ revealed: null, pending: true, error: null });
    api.call(secretRoutes.revealSecretValue, { ...scope, namespace, name, key }, { signal: mine.signal }).then(
      (revealed) => mine.signal.aborted || setState({ revealed, pending: false, error: null }),
      (thrown) => mine.signal.aborted || setState({ revealed: null, pending: false, error: toAppError(thrown) }),
    );
  };
  useEffect(() => () => asking.current?.abort(), []);
  useEffect(() => {
    if (state.revealed === null) return;
    const timer = setTimeout(hide, shownFor);
    return () => clearTimeout(timer);
  }, [state.revealed, hide]);
  return { ...state, reveal, hide };
}
