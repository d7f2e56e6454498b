import { type TerminalSession, terminalRoutes } from '@quarterdeck/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useServices } from '../../../app/services.ts';
import { useClusters } from '../../clusters/clusters.tsx';
import type { Pane } from '../panes/pane-layout.ts';
import type { TerminalView } from '../view/terminal-view.ts';
import { useNamespaceOfPage } from './use-kube-of-page.ts';
import { terminalsKey } from './use-terminals.ts';

/** Starts the shell of a pane that has none, at the size that the pane has. */
export function useStartedSession(view: TerminalView | null, pane: Pane, onStarted: (session: TerminalSession) => void) {
  const { api } = useServices();
  const queries = useQueryClient();
  const cluster = useClusters().selected?.id;
  const namespace = useNamespaceOfPage();
  const { mutate, ...start } = useMutation({
    mutationFn: (size: { columns: number; rows: number }) =>
      api.call(terminalRoutes.createTerminal, {
        ...size,
        ...pane.start,
        ...(cluster === undefined ? {} : { cluster }),
        ...(namespace === null ? {} : { namespace }),
      }),
    onSuccess(session) {
      queries.setQueryData<TerminalSession[]>(terminalsKey, (before) => [...(before ?? []).filter(({ id }) => id !== session.id), session]);
      onStarted(session);
    },
  });
  const asked = useRef(false);
  const wanted = pane.session === null && view !== null;
  const run = () => {
    if (view === null) return;
    asked.current = true;
    const { columns, rows } = view.size;
    mutate({ columns, rows });
  };
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    // Once: a shell that could not be started is started again by hand.
    if (wanted && !asked.current) latest.current();
    if (!wanted) asked.current = false;
  }, [wanted]);
  return { error: start.error, again: run };
}
